#include "tagging/annotate.h"

#include <algorithm>

#include "tagging/workspace.h"

namespace kutip::tagging {
namespace {

using text::Document;

constexpr std::size_t kMaxWarnings = 100;

// A quoted span over several paragraphs is to be seen in each of them, for rules look no farther than one.
void add_quoted_spans(const Document& document, matching::AnnotationIndex& annotations) {
  const auto quoted = document.quoted();
  for (std::uint32_t q = 0; q < quoted.size(); ++q) {
    const std::uint32_t forms =
        (quoted[q].closed ? kQuotedClosed : kQuotedUnclosed) | (quoted[q].parent < 0 ? kQuotedOuter : kQuotedNested);
    for (std::uint32_t part = 0; part < quoted[q].part_count; ++part)
      annotations.add(
          {document.quoted_parts()[quoted[q].first_part + part], inside_marks(document, q, part), kQuoted, forms, q});
  }
}

void choose_plugins(const RuleSet& rules, const AnnotateOptions& options, std::vector<std::uint8_t>& wanted) {
  wanted.clear();
  if (options.plugins.empty()) return;
  wanted.assign(rules.plugins().size(), 0);
  for (const std::uint32_t plugin : options.plugins)
    if (plugin < wanted.size()) wanted[plugin] = 1;
}

void collect_labels(const Findings& findings, Annotations& out) {
  for (const Record& record : findings.records.all()) {
    const TypeInfo& type = findings.grammar.types[record.type];
    if (record.type < kFirstLabel || type.internal) continue;
    Label label;
    label.type = type.name;
    label.span = findings.document.span(record.range);
    label.value = field_text(findings, findings.records.field(record, Field::kValue));
    label.confidence = findings.grammar.rules[record.rule].confidence;
    label.rule = record.rule;
    out.labels.push_back(label);
  }
  std::stable_sort(out.labels.begin(), out.labels.end(), [](const Label& a, const Label& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
}

void collect_warnings(const Document& document, bool limit_reached, Annotations& out) {
  out.truncated = limit_reached;
  if (limit_reached)
    out.warnings.push_back({WarningKind::kAnnotationLimit, {0, static_cast<std::uint32_t>(document.text().size())}});
  for (const text::Span mark : document.unclosed_marks())
    if (out.warnings.size() < kMaxWarnings) out.warnings.push_back({WarningKind::kUnclosedQuoteMark, mark});
  for (const text::TokenRange sentence : document.sentences())
    if (sentence.size() >= Document::kMaxSentenceTokens && out.warnings.size() < kMaxWarnings)
      out.warnings.push_back({WarningKind::kSentenceTooLong, document.span(sentence)});
}

void report_matches(const Document& document, const Grammar& grammar, const PhaseMatches& phase,
                    const Emission& emission, const AnnotateOptions& options) {
  for (const std::uint32_t m : emission.accepted()) {
    const RuleMatch& match = phase.matches()[m];
    options.on_match(document, {match.rule, match.range, phase.captures(grammar.rules[match.rule], match)});
  }
}

}  // namespace

Workspace::Workspace() : impl_(std::make_unique<Impl>()) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

bool annotate(const RuleSet& rules, const Grammar& grammar, std::string_view text, const AnnotateOptions& options,
              Workspace& workspace, Annotations& out) {
  Workspace::Impl& w = workspace.impl();
  text::Cancellation cancellation(options.cancelled);
  out.clear();
  out.language = grammar.language;
  choose_plugins(rules, options, w.plugin_wanted);

  if (!w.document.analyze(text, grammar.text_rules, grammar.vocabulary, cancellation)) return false;
  const auto tokens = static_cast<std::uint32_t>(w.document.tokens().size());
  if (cancellation.now()) return false;
  w.lexicon_hits.find(grammar.lexicons, w.document);
  if (cancellation.now()) return false;
  if (!w.facts.find(grammar.classes, w.document, w.lexicon_hits, cancellation)) return false;

  w.annotations.reset(tokens);
  w.records.clear();
  w.emission.reset(tokens, grammar.types.size(), options.max_annotations);
  w.aliases.reset();
  add_quoted_spans(w.document, w.annotations);
  const matching::MatchInput input{w.document, w.lexicon_hits, w.facts, w.annotations};
  if (cancellation.now()) return false;
  w.matches.read_text(grammar, input);
  if (cancellation.now()) return false;
  for (std::uint32_t p = 0; p < grammar.phases.size(); ++p) {
    if (options.on_phase) options.on_phase(p, input);
    if (!w.matches.find(grammar, p, input, w.plugin_wanted, w.matcher, cancellation)) return false;
    w.emission.accept(grammar, w.document, w.matches, w.annotations, w.records);
    if (options.on_match) report_matches(w.document, grammar, w.matches, w.emission, options);
    if (!grammar.phases[p].has_aliases) continue;
    if (!w.aliases.find(grammar, input, w.matcher, w.emission, w.annotations, w.records, cancellation)) return false;
  }
  if (cancellation.now()) return false;

  const Findings findings{grammar, w.document, w.lexicon_hits, w.annotations, w.records};
  w.entity_of_record.assign(w.records.size(), kNone);
  w.persons.merge(findings, w.entity_of_record, out);
  w.organizations.merge(findings, w.aliases.links(), w.entity_of_record, out);
  w.roles.collect(findings, w.entity_of_record, out);
  if (cancellation.now()) return false;
  w.quotes.build(findings, out);
  w.attribution.attribute(findings, w.entity_of_record, w.roles, w.quotes.places(), out);
  collect_labels(findings, out);
  collect_warnings(w.document, w.emission.limit_reached(), out);
  return !cancellation.now();
}

}  // namespace kutip::tagging
