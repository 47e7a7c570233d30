#include "tagging/attribution.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "tagging/names.h"

namespace kutip::tagging {
namespace {

using text::Span;
using text::TokenRange;

constexpr float kNamedBesideCue = 0.95f;
constexpr float kDescribedBesideCue = 0.9f;
constexpr float kRoleBesideCue = 0.8f;
constexpr float kNamedAfterwards = 0.4f;

float confidence_of(const SpeakerMention& mention, const Referent& who) {
  if (mention.form == MentionForm::kRole && who.kind == Referent::Kind::kPerson) return kRoleBesideCue;
  return who.kind == Referent::Kind::kOther ? kDescribedBesideCue : kNamedBesideCue;
}

// The mention of `entity_mentions` that lies in `span`, or nullptr.
const Mention* mention_in(std::span<const Mention> entity_mentions, Span span) {
  const auto it = std::lower_bound(entity_mentions.begin(), entity_mentions.end(), span.begin,
                                   [](const Mention& m, std::uint32_t begin) { return m.span.begin < begin; });
  return it != entity_mentions.end() && it->span.end <= span.end ? &*it : nullptr;
}

std::span<const Mention> named_mentions(const Referent& who, const Annotations& out) {
  if (who.kind == Referent::Kind::kPerson) return Annotations::slice(out.mentions, out.persons[who.index].mentions);
  if (who.kind == Referent::Kind::kOrganization)
    return Annotations::slice(out.mentions, out.organizations[who.index].mentions);
  return {};
}

// What the text calls an organization at its longest; its canonical name may stand nowhere in it.
std::string_view fullest_mention(const text::Document& document, std::span<const Mention> mentions) {
  std::string_view fullest;
  for (const Mention& mention : mentions) {
    const std::string_view words = document.text(mention.span);
    if (!mention.misspelt && words.size() > fullest.size()) fullest = words;
  }
  return fullest;
}

}  // namespace

void Attribution::attribute(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record,
                            const Roles& roles, const std::vector<QuotePlace>& places, Annotations& out) {
  discourse_.build(findings, entity_of_record, roles, places);
  last_speaker_.reset();
  last_person_.reset();
  speaker_of_person_.assign(out.persons.size(), kNone);
  speaker_of_organization_.assign(out.organizations.size(), kNone);
  speaker_of_other_.clear();
  beside_cues_.clear();
  collect_acts(findings);
  for (std::uint32_t q = 0; q < places.size(); ++q) {
    const QuotePlace& place = places[q];
    note_acts_before(place.range.begin, findings, entity_of_record, roles);
    const Said said = said_by(findings, entity_of_record, roles, places, q, out);
    link(findings, said, q, out);
    if (out.quotes[q].parent == kNone) remember(findings, place.first_sentence, place.last_sentence, said.who);
  }
  gather_mentions(out);
  order_by_first_mention(out);
}

void Attribution::collect_acts(const Findings& findings) {
  acts_.clear();
  next_act_ = 0;
  const Records& records = findings.records;
  for (std::uint32_t r = 0; r < records.size(); ++r) {
    const FieldValue* speaker = records[r].type == kStop ? records.capture(records[r], Field::kSpeaker) : nullptr;
    if (speaker != nullptr && !discourse_.in_quote(records[r].range.begin)) acts_.push_back(r);
  }
  std::stable_sort(acts_.begin(), acts_.end(), [&records](std::uint32_t a, std::uint32_t b) {
    return records[a].range.begin < records[b].range.begin;
  });
}

void Attribution::note_acts_before(std::uint32_t token, const Findings& findings,
                                   const std::vector<std::uint32_t>& entity_of_record, const Roles& roles) {
  for (; next_act_ < acts_.size() && findings.records[acts_[next_act_]].range.begin < token; ++next_act_) {
    const Record& act = findings.records[acts_[next_act_]];
    const FieldValue& speaker = *findings.records.capture(act, Field::kSpeaker);
    const SpeakerMention mention = read_speaker_capture(findings, entity_of_record, speaker, {});
    // A pronoun goes on with whoever it would have meant anyway; what has no name draws no pronoun on itself.
    if (is_anaphoric(mention)) continue;
    const Referent who = discourse_.referent(findings, roles, mention);
    const std::uint32_t sentence = findings.document.sentence_of(act.range.begin);
    if (who.kind != Referent::Kind::kOther) remember(findings, sentence, sentence, who);
  }
}

Attribution::Said Attribution::said_by(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record,
                                       const Roles& roles, const std::vector<QuotePlace>& places, std::uint32_t quote,
                                       const Annotations& out) {
  const QuotePlace& place = places[quote];
  const FieldValue* speaker = findings.records.field(findings.records[place.record], Field::kSpeaker);
  Said said;
  if (speaker == nullptr) return said;
  Antecedent meant;
  if (speaker->constant) {
    meant = look_back(findings, places, quote, place.range.begin, false, out);
    if (meant.who.nobody()) meant = look_ahead(place);
  } else {
    said.mention = read_speaker_capture(findings, entity_of_record, *speaker, place.cue);
    const bool named = said.mention.person != kNone || said.mention.organization != kNone;
    const bool group = said.mention.kind == SpeakerKind::kGroup;
    if (named || !is_anaphoric(said.mention)) {
      meant.who = discourse_.referent(findings, roles, said.mention);
      meant.confidence = confidence_of(said.mention, meant.who);
    } else {
      meant = look_back(findings, places, quote, said.mention.range.begin, group, out);
      // Several whom nobody named are known by their pronoun, one by his description.
      if (meant.who.nobody() && (group || said.mention.form == MentionForm::kDescription))
        meant = {discourse_.referent(findings, roles, said.mention), kNamedAfterwards};
    }
  }
  said.who = meant.who;
  said.confidence = meant.confidence;
  return said;
}

Antecedent Attribution::look_back(const Findings& findings, const std::vector<QuotePlace>& places, std::uint32_t quote,
                                  std::uint32_t token, bool group, const Annotations& out) const {
  const text::Document& document = findings.document;
  const PronounPlace place{token, document.sentence_of(token), document.paragraph_of(token), group};
  if (out.quotes[quote].parent != kNone)
    return find_antecedent_within(discourse_.mentions(), place, places[out.quotes[quote].parent].range);
  return find_antecedent(discourse_.mentions(), place, last_speaker_, last_person_);
}

// The first one named in the sentence behind a quote that nobody was named before.
Antecedent Attribution::look_ahead(const QuotePlace& place) const {
  const auto mentions = discourse_.mentions();
  auto it = std::lower_bound(mentions.begin(), mentions.end(), place.range.end,
                             [](const DiscourseMention& m, std::uint32_t token) { return m.token < token; });
  for (; it != mentions.end() && it->sentence <= place.last_sentence + 1; ++it)
    if (it->sentence > place.last_sentence && !it->quoted) return {it->who, kNamedAfterwards};
  return {};
}

void Attribution::remember(const Findings& findings, std::uint32_t first_sentence, std::uint32_t last_sentence,
                           const Referent& who) {
  if (who.nobody()) return;
  LastSpeaker last;
  last.who = who;
  last.first_sentence = first_sentence;
  last.last_sentence = last_sentence;
  last.paragraph = findings.document.paragraph_of_sentence(last_sentence);
  last_speaker_ = last;
  if (who.kind == Referent::Kind::kPerson) last_person_ = last;
}

std::uint32_t Attribution::speaker_of(const Findings& findings, const Referent& who, Annotations& out) {
  Speaker speaker;
  std::uint32_t* known = nullptr;
  switch (who.kind) {
    case Referent::Kind::kNobody:
      return kNone;
    case Referent::Kind::kPerson:
      known = &speaker_of_person_[who.index];
      speaker.name = out.persons[who.index].name;
      speaker.roles = out.persons[who.index].roles;
      speaker.person = who.index;
      break;
    case Referent::Kind::kOrganization:
      known = &speaker_of_organization_[who.index];
      speaker.name = fullest_mention(findings.document, named_mentions(who, out));
      if (speaker.name.empty()) speaker.name = out.organizations[who.index].name_in_text;
      speaker.kind = SpeakerKind::kOrganization;
      speaker.organization = who.index;
      break;
    case Referent::Kind::kOther:
      speaker_of_other_.resize(discourse_.other_count(), kNone);
      known = &speaker_of_other_[who.index];
      speaker.kind = discourse_.other(who.index).kind;
      if (*known == kNone) speaker.name = name_text(findings.document, discourse_.other(who.index).name, out.strings);
      break;
  }
  if (*known != kNone) return *known;
  *known = static_cast<std::uint32_t>(out.speakers.size());
  out.speakers.push_back(speaker);
  return *known;
}

void Attribution::link(const Findings& findings, const Said& said, std::uint32_t q, Annotations& out) {
  Quote& quote = out.quotes[q];
  const bool beside = !said.mention.range.empty();
  if (beside) {
    quote.speaker_mention = findings.document.span(said.mention.range);
    quote.speaker_form = said.mention.form;
  }
  quote.speaker = speaker_of(findings, said.who, out);
  if (quote.speaker == kNone) return;
  quote.speaker_rule = quote.rule;
  quote.attribution_confidence = said.confidence;
  if (!beside) return;
  const Mention* named = nullptr;
  if (said.mention.form == MentionForm::kName) named = mention_in(named_mentions(said.who, out), quote.speaker_mention);
  if (named != nullptr) {
    quote.speaker_form = named->form;
    return;
  }
  Mention mention;
  mention.span = quote.speaker_mention;
  mention.form = said.mention.form;
  mention.rule = quote.rule;
  beside_cues_.push_back({quote.speaker, mention});
}

void Attribution::gather_mentions(Annotations& out) {
  found_ = beside_cues_;
  for (std::uint32_t s = 0; s < out.speakers.size(); ++s) {
    const Speaker& speaker = out.speakers[s];
    const Slice named = speaker.person != kNone         ? out.persons[speaker.person].mentions
                        : speaker.organization != kNone ? out.organizations[speaker.organization].mentions
                                                        : Slice{};
    for (const Mention& mention : Annotations::slice(out.mentions, named)) found_.push_back({s, mention});
  }
  const auto place = [](const Of<Mention>& m) { return std::tuple(m.entity, m.item.span.begin, m.item.span.end); };
  std::stable_sort(found_.begin(), found_.end(),
                   [&](const Of<Mention>& a, const Of<Mention>& b) { return place(a) < place(b); });
  found_.erase(std::unique(found_.begin(), found_.end(),
                           [&](const Of<Mention>& a, const Of<Mention>& b) { return place(a) == place(b); }),
               found_.end());
  append_by_entity<Mention>(found_, static_cast<std::uint32_t>(out.speakers.size()), out.mentions,
                            [&](std::uint32_t speaker) -> Slice& { return out.speakers[speaker].mentions; });
}

void Attribution::order_by_first_mention(Annotations& out) {
  const auto count = out.speakers.size();
  std::vector<std::uint32_t> order(count), place(count);
  std::iota(order.begin(), order.end(), 0u);
  const auto begin = [&](std::uint32_t speaker) {
    const Slice mentions = out.speakers[speaker].mentions;
    return mentions.count == 0 ? kNone : out.mentions[mentions.first].span.begin;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return begin(a) < begin(b); });
  std::vector<Speaker> ordered;
  ordered.reserve(count);
  for (std::uint32_t s = 0; s < count; ++s) {
    place[order[s]] = s;
    ordered.push_back(out.speakers[order[s]]);
  }
  out.speakers.swap(ordered);
  for (Quote& quote : out.quotes)
    if (quote.speaker != kNone) quote.speaker = place[quote.speaker];
}

}  // namespace kutip::tagging
