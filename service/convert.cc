#include "service/convert.h"

#include <algorithm>
#include <string>
#include <vector>

#include "service/proto_enums.h"

namespace kutip::service {
namespace {

using tagging::Annotations;
using tagging::kNone;

// Which quotes and speakers go into the answer, and under which index; kNone: left out.
struct Selection {
  std::vector<std::uint32_t> quotes, speakers;
};

bool sure_enough(const std::optional<float>& confidence, float least) {
  return !confidence || *confidence >= least;
}

// A confidence of 0 stands for "not known".
bool attributed(const tagging::Quote& quote, float least) {
  return quote.speaker != kNone && (quote.attribution_confidence <= 0 || quote.attribution_confidence >= least);
}

void number(std::vector<std::uint32_t>& kept) {
  std::uint32_t next = 0;
  for (std::uint32_t& index : kept) {
    if (index != kNone) index = next++;
  }
}

Selection select(const Annotations& found, const AnswerOptions& options) {
  Selection selection;
  selection.quotes.assign(found.quotes.size(), kNone);
  selection.speakers.assign(found.speakers.size(), kNone);
  if (!options.quotes) return selection;
  for (std::size_t i = 0; i < found.quotes.size(); ++i) {
    const tagging::Quote& quote = found.quotes[i];
    if (!sure_enough(quote.confidence, options.min_confidence)) continue;
    selection.quotes[i] = 0;
    if (attributed(quote, options.min_confidence)) selection.speakers[quote.speaker] = 0;
  }
  number(selection.quotes);
  number(selection.speakers);
  return selection;
}

// Writes one answer.
class Writer {
 public:
  Writer(const Annotations& found, std::string_view text, const AnswerOptions& options, RuleTable& table,
         v1::AnnotateResponse& response)
      : found_(found),
        text_(text),
        options_(options),
        table_(table),
        response_(response),
        offset_(text, options.unit),
        selection_(select(found, options)) {}

  void write() {
    response_.set_offset_unit(to_proto(options_.unit));
    response_.set_text_length(offset_.text_length());
    if (options_.quotes) write_quotes();
    if (options_.quotes) write_speakers();
    if (options_.persons) write_persons();
    if (options_.organizations) write_organizations();
    if (options_.labels) write_labels();
    write_warnings();
    response_.set_truncated(found_.truncated);
  }

 private:
  // The engine's spans lie between code points already; a span that does not would break every client's slicing, so the
  // contract does not rest on it alone.
  std::uint32_t boundary(std::uint32_t byte) const {
    byte = std::min(byte, static_cast<std::uint32_t>(text_.size()));
    while (byte > 0 && byte < text_.size() && (static_cast<unsigned char>(text_[byte]) & 0xC0) == 0x80) --byte;
    return byte;
  }

  void write_span(text::Span span, v1::Span& out) const {
    const std::uint32_t begin = boundary(span.begin);
    const std::uint32_t end = std::max(begin, boundary(span.end));
    out.set_begin(offset_(begin));
    out.set_end(offset_(end));
    if (options_.include_text) out.set_text(text_.data() + begin, end - begin);
  }

  void write_quotes() {
    for (std::size_t i = 0; i < found_.quotes.size(); ++i) {
      if (selection_.quotes[i] != kNone) write_quote(found_.quotes[i], *response_.add_quotes());
    }
  }

  void write_quote(const tagging::Quote& quote, v1::Quote& out) {
    out.set_form(to_proto(quote.form));
    const auto fragments = Annotations::slice(found_.fragments, quote.fragments);
    write_span({fragments.front().span.begin, fragments.back().span.end}, *out.mutable_span());
    for (const tagging::Fragment& fragment : fragments) {
      v1::Fragment& part = *out.add_fragments();
      write_span(fragment.span, *part.mutable_span());
      write_span(fragment.content, *part.mutable_content());
      if (options_.include_text) append_words(part.content().text(), *out.mutable_text());
    }
    if (!quote.continuation.empty()) write_span(quote.continuation, *out.mutable_continuation());
    if (!quote.cue.empty()) {
      write_span(quote.cue, *out.mutable_cue()->mutable_span());
      out.mutable_cue()->set_lemma(quote.cue_lemma.data(), quote.cue_lemma.size());
    }
    if (attributed(quote, options_.min_confidence)) write_attribution(quote, *out.mutable_attribution());
    if (const std::uint32_t parent = nearest_kept_parent(quote); parent != kNone) out.set_parent_index(parent);
    if (quote.confidence) out.set_confidence(*quote.confidence);
    out.set_rule_index(table_.index_of(quote.rule));
  }

  static void append_words(const std::string& words, std::string& out) {
    if (!out.empty()) out += ' ';
    out += words;
  }

  // A quote that is left out hands its children to the quote around it.
  std::uint32_t nearest_kept_parent(const tagging::Quote& quote) const {
    std::uint32_t parent = quote.parent;
    while (parent != kNone && selection_.quotes[parent] == kNone) parent = found_.quotes[parent].parent;
    return parent == kNone ? kNone : selection_.quotes[parent];
  }

  void write_attribution(const tagging::Quote& quote, v1::Attribution& out) {
    const std::string_view name = found_.speakers[quote.speaker].name;
    out.set_speaker_index(selection_.speakers[quote.speaker]);
    out.set_speaker_name(name.data(), name.size());
    if (!quote.speaker_mention.empty()) {
      write_span(quote.speaker_mention, *out.mutable_mention());
      out.set_mention_form(to_proto(quote.speaker_form));
    }
    if (quote.attribution_confidence > 0) out.set_confidence(quote.attribution_confidence);
    out.set_rule_index(table_.index_of(quote.speaker_rule));
  }

  void write_speakers() {
    for (std::size_t i = 0; i < found_.speakers.size(); ++i) {
      if (selection_.speakers[i] == kNone) continue;
      const tagging::Speaker& speaker = found_.speakers[i];
      v1::Speaker& out = *response_.add_speakers();
      out.set_name(speaker.name.data(), speaker.name.size());
      out.set_kind(to_proto(speaker.kind));
      write_mentions(speaker.mentions, *out.mutable_mentions());
      write_roles(speaker.roles, *out.mutable_roles());
      if (options_.persons && speaker.person != kNone) out.set_person_index(speaker.person);
      if (options_.organizations && speaker.organization != kNone) out.set_organization_index(speaker.organization);
    }
  }

  void write_persons() {
    for (const tagging::Person& person : found_.persons) {
      v1::Person& out = *response_.add_persons();
      out.set_name(person.name.data(), person.name.size());
      write_mentions(person.mentions, *out.mutable_mentions());
      write_roles(person.roles, *out.mutable_roles());
    }
  }

  void write_organizations() {
    for (const tagging::Organization& organization : found_.organizations) {
      v1::Organization& out = *response_.add_organizations();
      out.set_name(organization.name.data(), organization.name.size());
      for (const std::string_view acronym : Annotations::slice(found_.texts, organization.acronyms))
        out.add_acronyms(acronym.data(), acronym.size());
      out.set_category(organization.category.data(), organization.category.size());
      for (const std::string_view id : Annotations::slice(found_.texts, organization.external_ids))
        out.add_external_ids(id.data(), id.size());
      write_mentions(organization.mentions, *out.mutable_mentions());
    }
  }

  void write_mentions(tagging::Slice mentions, google::protobuf::RepeatedPtrField<v1::Mention>& out) {
    out.Reserve(static_cast<int>(mentions.count));
    for (const tagging::Mention& mention : Annotations::slice(found_.mentions, mentions)) {
      v1::Mention& added = *out.Add();
      write_span(mention.span, *added.mutable_span());
      added.set_form(to_proto(mention.form));
      added.set_misspelt(mention.misspelt);
      added.set_nested(mention.nested);
      added.set_rule_index(table_.index_of(mention.rule));
    }
  }

  void write_roles(tagging::Slice roles, google::protobuf::RepeatedPtrField<v1::Role>& out) {
    for (const tagging::Role& role : Annotations::slice(found_.roles, roles)) {
      v1::Role& added = *out.Add();
      write_span(role.span, *added.mutable_span());
      if (options_.organizations && role.organization != kNone) added.set_organization_index(role.organization);
    }
  }

  void write_labels() {
    for (const tagging::Label& label : found_.labels) {
      if (!sure_enough(label.confidence, options_.min_confidence)) continue;
      v1::Label& out = *response_.add_labels();
      out.set_type(label.type.data(), label.type.size());
      write_span(label.span, *out.mutable_span());
      out.set_value(label.value.data(), label.value.size());
      if (label.confidence) out.set_confidence(*label.confidence);
      out.set_rule_index(table_.index_of(label.rule));
    }
  }

  void write_warnings() {
    for (const tagging::Warning& warning : found_.warnings) {
      v1::Warning& out = *response_.add_warnings();
      const auto [kind, message] = to_proto(warning.kind);
      out.set_kind(kind);
      out.set_message(message);
      if (!warning.span.empty()) write_span(warning.span, *out.mutable_span());
    }
  }

  const Annotations& found_;
  std::string_view text_;
  const AnswerOptions& options_;
  RuleTable& table_;
  v1::AnnotateResponse& response_;
  text::OffsetConverter offset_;
  Selection selection_;
};

void write_rules(const tagging::RuleSet& rules, const tagging::Grammar& grammar, const RuleTable& table,
                 v1::AnnotateResponse& response) {
  for (const matching::RuleId id : table.used()) {
    const tagging::Rule& rule = grammar.rules[id];
    const tagging::PluginInfo& plugin = rules.plugins()[rule.plugin];
    v1::RuleRef& out = *response.add_rules();
    out.set_plugin(plugin.name);
    out.set_version(plugin.version);
    out.set_rule_id(rule.id);
  }
}

}  // namespace

void write_answer(const tagging::Annotations& found, const tagging::RuleSet& rules, const tagging::Grammar& grammar,
                  std::string_view text, const AnswerOptions& options, RuleTable& table,
                  v1::AnnotateResponse& response) {
  table.start(grammar.rules.size());
  response.set_language_code(grammar.language);
  Writer(found, text, options, table, response).write();
  write_rules(rules, grammar, table, response);
}

}  // namespace kutip::service
