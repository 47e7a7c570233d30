#include "tagging/quotes.h"

#include <algorithm>
#include <tuple>

namespace kutip::tagging {
namespace {

using matching::type_bit;
using text::Document;
using text::TokenRange;

// Share of a quote's letters, in percent, that stand in marks if it is direct.
constexpr std::uint64_t kDirectShare = 90;
// A parent is looked for among this many enclosing quotes.
constexpr std::size_t kMaxNesting = 64;

bool consists_of(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

bool is_dash(std::string_view text) {
  return consists_of(text, "-") || text == "–" || text == "—";
}

// The quoted span that the part is, whether the rule took it as one or not.
std::uint32_t quoted_at(const Document& document, const Part& part) {
  if (part.quoted != kNone) return part.quoted;
  const auto quoted = document.quoted();
  auto it = std::lower_bound(quoted.begin(), quoted.end(), part.range.begin,
                             [](const text::QuotedSpan& q, std::uint32_t begin) { return q.range.begin < begin; });
  for (; it != quoted.end() && it->range.begin == part.range.begin; ++it)
    if (it->range == part.range && it->part_count == 1) return static_cast<std::uint32_t>(it - quoted.begin());
  return kNone;
}

Fragment fragment_of(const Document& document, const Part& part) {
  const std::uint32_t quoted = quoted_at(document, part);
  if (quoted == kNone) {
    const text::Span span = document.span(without_outer_punctuation(document, part.range));
    return {span, span};
  }
  const text::Span span = document.span(part.range);
  const TokenRange inside = inside_marks(document, quoted, part.quoted_part);
  return {span, inside.empty() ? text::Span{span.end, span.end} : document.span(inside)};
}

QuoteForm form_of(const Findings& findings, std::span<const Part> parts) {
  std::uint64_t letters = 0, marked = 0;
  for (const Part& part : parts) {
    for (std::uint32_t t = part.range.begin; t < part.range.end; ++t) {
      const text::Token& token = findings.document.tokens()[t];
      if ((token.shape & (text::kPunct | text::kSymbol)) != 0) continue;
      letters += token.length;
      if (lies_in(findings, t, type_bit(kQuoted))) marked += token.length;
    }
  }
  if (marked == 0) return QuoteForm::kIndirect;
  return 100 * marked >= kDirectShare * letters ? QuoteForm::kDirect : QuoteForm::kMixed;
}

std::string_view lemma_of(const Findings& findings, const Record& record, const FieldValue* cue) {
  const std::string_view given = field_text(findings, findings.records.field(record, Field::kLemma));
  if (!given.empty() || cue == nullptr || cue->entry == matching::kNoEntry) return given;
  const matching::LexiconSet& lexicons = findings.grammar.lexicons;
  const int column = lexicons.column(lexicons.lexicon_of(cue->entry), "lemma");
  return column < 0 ? std::string_view() : lexicons.value(cue->entry, column);
}

}  // namespace

TokenRange without_outer_punctuation(const Document& document, TokenRange range) {
  const auto text_at = [&](std::uint32_t token) { return document.text(document.tokens()[token]); };
  TokenRange inner = range;
  while (!inner.empty() && consists_of(text_at(inner.end - 1), ",.;:")) --inner.end;
  while (!inner.empty() && (consists_of(text_at(inner.begin), ",.;:") || is_dash(text_at(inner.begin)))) ++inner.begin;
  return inner.empty() ? range : inner;
}

void QuoteBuilder::collect(const Findings& findings) {
  places_.clear();
  const Document& document = findings.document;
  for (std::uint32_t r = 0; r < findings.records.size(); ++r) {
    const Record& record = findings.records[r];
    if (record.type != kQuote) continue;
    QuotePlace place{
        r, record.range, {}, document.sentence_of(record.range.begin), document.sentence_of(record.range.end - 1)};
    if (const FieldValue* cue = findings.records.capture(record, Field::kCue)) {
      place.cue = cue->range;
      place.first_sentence = std::min(place.first_sentence, document.sentence_of(cue->range.begin));
      place.last_sentence = std::max(place.last_sentence, document.sentence_of(cue->range.end - 1));
    }
    places_.push_back(place);
  }
  std::sort(places_.begin(), places_.end(), [](const QuotePlace& a, const QuotePlace& b) {
    return std::tie(a.range.begin, b.range.end, a.record) < std::tie(b.range.begin, a.range.end, b.record);
  });
}

void QuoteBuilder::add_fragments(const Findings& findings, const Record& record, Quote& quote, Annotations& out) const {
  quote.fragments.first = static_cast<std::uint32_t>(out.fragments.size());
  for (const Part& part : findings.records.parts(record)) out.fragments.push_back(fragment_of(findings.document, part));
  quote.fragments.count = static_cast<std::uint32_t>(out.fragments.size()) - quote.fragments.first;
}

void QuoteBuilder::build(const Findings& findings, Annotations& out) {
  collect(findings);
  for (const QuotePlace& place : places_) {
    const Record& record = findings.records[place.record];
    Quote& quote = out.quotes.emplace_back();
    add_fragments(findings, record, quote, out);
    quote.form = form_of(findings, findings.records.parts(record));
    if (!place.cue.empty()) quote.cue = findings.document.span(place.cue);
    quote.cue_lemma = lemma_of(findings, record, findings.records.capture(record, Field::kCue));
    quote.rule = record.rule;
    quote.confidence = findings.grammar.rules[record.rule].confidence;
  }
  nest(out);
  find_continuations(findings, out);
}

// Quotes come by begin, outer ones first, so those around the present one are on the stack.
void QuoteBuilder::nest(Annotations& out) {
  open_.clear();
  for (std::uint32_t q = 0; q < places_.size(); ++q) {
    const TokenRange range = places_[q].range;
    while (!open_.empty() && places_[open_.back()].range.end <= range.begin) open_.pop_back();
    const std::size_t least = open_.size() > kMaxNesting ? open_.size() - kMaxNesting : 0;
    for (std::size_t i = open_.size(); i > least && out.quotes[q].parent == kNone; --i)
      if (places_[open_[i - 1]].range.contains(range)) out.quotes[q].parent = open_[i - 1];
    open_.push_back(q);
  }
}

void QuoteBuilder::find_continuations(const Findings& findings, Annotations& out) {
  const Document& document = findings.document;
  ends_continuing_.assign(document.sentences().size(), 0);
  for (std::uint32_t q = 0; q < places_.size(); ++q) {
    if (out.quotes[q].parent != kNone) continue;
    for (std::uint32_t s = places_[q].first_sentence; s <= places_[q].last_sentence; ++s) ends_continuing_[s] = 1;
  }
  for (const Record& record : findings.records.all())
    if (record.type == kStop) ends_continuing_[document.sentence_of(record.range.begin)] = 1;

  const auto no = static_cast<std::uint32_t>(Continues::kNo),
             paragraph = static_cast<std::uint32_t>(Continues::kParagraph);
  for (std::uint32_t q = 0; q < places_.size(); ++q) {
    const Record& record = findings.records[places_[q].record];
    if (findings.records.constant(record, Field::kContinues, no) != paragraph) continue;
    const std::uint32_t from = places_[q].last_sentence;
    std::uint32_t last = from;
    while (last + 1 < document.sentences().size() && ends_continuing_[last + 1] == 0 &&
           document.paragraph_of_sentence(last + 1) == document.paragraph_of_sentence(from))
      ++last;
    if (last == from) continue;
    const TokenRange range{document.sentences()[from + 1].begin, document.sentences()[last].end};
    out.quotes[q].continuation = document.span(without_outer_punctuation(document, range));
  }
}

}  // namespace kutip::tagging
