#include "tagging/discourse.h"

#include <algorithm>

#include "tagging/names.h"

namespace kutip::tagging {
namespace {

using matching::type_bit;

// A subject begins at most this many tokens behind the begin of its sentence, or behind a comma.
constexpr std::uint32_t kSubjectWithin = 8;
constexpr std::uint32_t kLongestTitle = 32;

// True if the noun phrase around `token`, as far as rules found it, stands where subjects do.
bool is_subject_place(const Findings& findings, std::uint32_t token) {
  const text::Document& document = findings.document;
  const std::uint32_t sentence = document.sentences()[document.sentence_of(token)].begin;
  std::uint32_t begin = token;
  while (begin > sentence && token - begin < kLongestTitle && lies_in(findings, begin - 1, type_bit(kSpeaker))) --begin;
  return begin - sentence <= kSubjectWithin || document.text(document.tokens()[begin - 1]) == ",";
}

}  // namespace

void Discourse::mark_quotes(const Findings& findings, std::span<const QuotePlace> quotes) {
  in_quote_.assign(findings.document.tokens().size(), 0);
  std::uint32_t marked = 0;  // quotes come by begin: no token is marked twice
  for (const QuotePlace& quote : quotes) {
    for (const Part& part : findings.records.parts(findings.records[quote.record])) {
      for (std::uint32_t t = std::max(part.range.begin, marked); t < part.range.end; ++t) in_quote_[t] = 1;
      marked = std::max(marked, part.range.end);
    }
  }
}

void Discourse::add(const Findings& findings, std::uint32_t token, const Referent& who) {
  DiscourseMention mention;
  mention.token = token;
  mention.sentence = findings.document.sentence_of(token);
  mention.paragraph = findings.document.paragraph_of(token);
  mention.who = who;
  mention.quoted = in_quote_[token] != 0 || lies_in(findings, token, type_bit(kQuoted) | type_bit(kStop));
  mentions_.push_back(mention);
}

Referent Discourse::referent(const Findings& findings, const Roles& roles, const SpeakerMention& mention) {
  const bool group = mention.kind == SpeakerKind::kGroup;
  if (mention.person != kNone) return {Referent::Kind::kPerson, mention.person, group};
  if (mention.organization != kNone && mention.kind != SpeakerKind::kPerson && !group)
    return {Referent::Kind::kOrganization, mention.organization, false};
  if (mention.form == MentionForm::kRole) {
    const std::uint32_t person = roles.holder(findings, mention.range);
    if (person != kNone) return {Referent::Kind::kPerson, person, false};
  }
  const std::uint32_t other = other_names_.add(name_key(findings.document, mention.name));
  if (other == others_.size()) others_.push_back({mention.name, mention.kind});
  return {Referent::Kind::kOther, other, group};
}

void Discourse::build(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record, const Roles& roles,
                      std::span<const QuotePlace> quotes) {
  mentions_.clear();
  others_.clear();
  other_names_.clear();
  introduced_.clear();
  mark_quotes(findings, quotes);
  const Records& records = findings.records;
  for (std::uint32_t r = 0; r < records.size(); ++r) {
    const Record& record = records[r];
    if (record.type == kPerson) {
      add(findings, record.range.begin, {Referent::Kind::kPerson, entity_of_record[r], false});
    } else if (record.type == kSpeaker) {
      const SpeakerMention mention = read_speaker(findings, entity_of_record, record);
      if (!is_anaphoric(mention) && mention.person == kNone)
        add(findings, record.range.begin, referent(findings, roles, mention));
    }
  }
  std::stable_sort(mentions_.begin(), mentions_.end(),
                   [](const DiscourseMention& a, const DiscourseMention& b) { return a.token < b.token; });
  std::uint32_t last_sentence = kNone, last_paragraph = kNone;
  for (DiscourseMention& mention : mentions_) {
    if (mention.quoted) continue;
    if (mention.who.kind != Referent::Kind::kOrganization && !mention.who.group) {
      mention.leads = mention.sentence != last_sentence && is_subject_place(findings, mention.token);
      mention.opens = mention.leads && mention.paragraph != last_paragraph;
      last_sentence = mention.sentence;
      last_paragraph = mention.paragraph;
    }
    const std::uint32_t known = introduced_.size();
    const std::uint64_t key = (std::uint64_t{mention.who.index} << 2) | static_cast<std::uint64_t>(mention.who.kind);
    mention.introduced = introduced_.add(key * 0x9E3779B97F4A7C15ull) == known;
  }
}

}  // namespace kutip::tagging
