#include "tagging/aliases.h"

#include <algorithm>

#include "tagging/names.h"

namespace kutip::tagging {
namespace {

using matching::AnnotationIndex;
using matching::type_bit;
using text::Document;
using text::Token;
using text::TokenRange;

// A word of a name that may stand for it alone: capitalised, and more than an initial.
bool may_stand_alone(const Token& token) {
  return (token.shape & text::kCapital) != 0 && (token.shape & text::kInitial) == 0 && token.length >= 2;
}

std::uint64_t filter_bit(const Token& token) {
  return std::uint64_t{1} << (token.hash >> 58);
}

// Words of a name longer than this are not looked up apart.
constexpr std::uint32_t kLongestName = 16;
// Names that share a word are tried at most this many at one place.
constexpr std::uint32_t kMaxTried = 16;
constexpr std::uint16_t kShortestSlip = 4;

}  // namespace

void AliasLookup::add_name(const Document& document, Name name) {
  if (name.range.empty() || name.range.size() > kLongestName) return;
  const std::uint64_t key = name_key(document, name.range) + (name.parts ? 1 : 0);
  const std::uint32_t known = known_names_.size();
  if (known_names_.add(key) < known) return;
  const auto index = static_cast<std::uint32_t>(names_.size());
  names_.push_back(name);
  const std::uint32_t words = name.parts ? name.range.size() : 1;
  for (std::uint32_t offset = 0; offset < words; ++offset) {
    const Token& token = document.tokens()[name.range.begin + offset];
    if (name.parts && !may_stand_alone(token)) continue;
    words_.add(token.hash, static_cast<std::uint32_t>(word_places_.size()));
    word_places_.push_back({index, offset});
    first_filter_ |= filter_bit(token);
  }
}

void AliasLookup::collect(const Document& document, std::span<const AliasRequest> requests) {
  names_.clear();
  known_names_.clear();
  words_.clear();
  word_places_.clear();
  first_filter_ = 0;
  spellings_.clear();
  for (std::uint32_t i = 0; i < requests.size(); ++i) {
    const AliasRequest& request = requests[i];
    const matching::Program* unless = request.alias->unless ? &*request.alias->unless : nullptr;
    if (request.alias->parts) add_name(document, {request.of, request.record, true, unless});
    if (!request.form.empty()) {
      links_.push_back({request.of, request.form});
      add_name(document, {request.form, request.record, false, unless});
    }
    const Token& first = document.tokens()[request.of.begin];
    if (request.alias->misspelt > 0 && request.of.size() == 1 && (first.shape & text::kUpper) != 0) {
      const std::uint32_t known = known_names_.size();
      if (known_names_.add(first.hash + request.alias->misspelt) == known)
        spellings_.add(document.text(first), request.alias->misspelt, i);
    }
  }
}

AliasLookup::Found AliasLookup::longest_at(const Document& document, std::uint32_t token) const {
  const auto tokens = document.tokens();
  const TokenRange sentence = document.sentences()[document.sentence_of(token)];
  Found best;
  std::uint32_t tried = 0;
  words_.for_each(tokens[token].hash, [&](std::uint32_t place) {
    const Name& name = names_[word_places_[place].name];
    const std::uint32_t offset = word_places_[place].offset;
    std::uint32_t length = 0, usable = 0;
    while (offset + length < name.range.size() && token + length < sentence.end &&
           tokens[token + length].hash == tokens[name.range.begin + offset + length].hash) {
      ++length;
      if ((tokens[token + length - 1].shape & text::kCapital) != 0) usable = length;
    }
    const bool whole = offset == 0 && length == name.range.size();
    if (whole) usable = length;
    if (!name.parts && (!whole || document.text(TokenRange{token, token + length}) != document.text(name.range)))
      usable = 0;
    // PAN is no short form of Didi Pan.
    if (name.parts && usable == 1 && (tokens[token].shape & text::kUpper) != 0 &&
        (tokens[name.range.begin + offset].shape & text::kUpper) == 0)
      usable = 0;
    if (usable > best.length) best = {word_places_[place].name, usable, whole};
    return ++tried < kMaxTried;
  });
  return best;
}

bool AliasLookup::in_lexicon(const matching::MatchInput& input, std::uint32_t token) const {
  return (input.facts.of(token)[in_any_lexicon_.column] & in_any_lexicon_.bit) != 0;
}

bool AliasLookup::is_cut_out(const matching::MatchInput& input, TokenRange range) const {
  const Document& document = input.document;
  const TokenRange sentence = document.sentences()[document.sentence_of(range.begin)];
  const std::uint64_t named = type_bit(kPerson) | type_bit(kOrganization);
  const auto unaccounted = [&](std::uint32_t token) {
    return (document.tokens()[token].shape & text::kTitle) != 0 && !in_lexicon(input, token) &&
           (input.annotations.types_over(token) & named) == 0;
  };
  if (range.end < sentence.end && unaccounted(range.end)) return true;
  return range.begin > sentence.begin + 1 && unaccounted(range.begin - 1) &&
         (document.tokens()[range.begin - 2].shape & text::kPunct) == 0;
}

bool AliasLookup::find(const Grammar& grammar, const matching::MatchInput& input, matching::Matcher& matcher,
                       Emission& emission, AnnotationIndex& annotations, Records& records,
                       text::Cancellation& cancellation) {
  const Document& document = input.document;
  if (emission.alias_requests().empty()) return true;
  collect(document, emission.alias_requests());
  const auto tokens = document.tokens();
  in_any_lexicon_ = grammar.in_any_lexicon;
  for (std::uint32_t t = 0; t < tokens.size(); ++t) {
    if (cancellation.sometimes()) return false;
    if ((first_filter_ & filter_bit(tokens[t])) == 0 || (tokens[t].shape & text::kCapital) == 0) continue;
    const Found found = longest_at(document, t);
    if (found.name == kNone) continue;
    const Name& name = names_[found.name];
    const Record model = records[name.record];
    const TokenRange range{t, t + found.length};
    const std::uint64_t closed = type_bit(model.type) | type_bit(kOrganization);
    if ((annotations.types_over(t) & closed) != 0) continue;
    if (name.parts && !found.whole && is_cut_out(input, range)) continue;
    if (name.unless != nullptr && matcher.occurs(*name.unless, input, range, false, false)) continue;
    const std::uint32_t forms = !name.parts ? kFormAcronym : found.whole ? kFormName : kFormName | kFormShortName;
    if (emission.accept_alias(model, range, forms, false, annotations, records)) t = range.end - 1;
  }
  if (!spellings_.empty()) find_slips(input, emission, annotations, records);
  return !cancellation.now();
}

// How often the capitals at `token` stand in the document.
std::size_t AliasLookup::times_in_capitals(const Document& document, std::uint32_t token) const {
  const auto tokens = document.tokens();
  const auto less = [&](std::uint32_t a, std::uint32_t b) { return tokens[a].hash < tokens[b].hash; };
  const auto equal = std::equal_range(capitals_.begin(), capitals_.end(), token, less);
  return static_cast<std::size_t>(equal.second - equal.first);
}

// A slip is a word in capitals that nothing else explains, that stands in the document once while the right form stands
// there more often, and that is not itself being introduced in brackets.
void AliasLookup::find_slips(const matching::MatchInput& input, Emission& emission, AnnotationIndex& annotations,
                             Records& records) {
  const Document& document = input.document;
  const auto tokens = document.tokens();
  capitals_.clear();
  slips_.clear();
  for (std::uint32_t t = 0; t < tokens.size(); ++t)
    if ((tokens[t].shape & text::kUpper) != 0 && tokens[t].length >= kShortestSlip) capitals_.push_back(t);
  std::sort(capitals_.begin(), capitals_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return tokens[a].hash != tokens[b].hash ? tokens[a].hash < tokens[b].hash : a < b;
  });
  for (const std::uint32_t t : capitals_) {
    if (in_lexicon(input, t) || (annotations.types_over(t) & type_bit(kOrganization)) != 0) continue;
    if (times_in_capitals(document, t) != 1 || (t > 0 && document.text(tokens[t - 1]) == "(")) continue;
    const std::uint32_t request = spellings_.find_close(document.text(tokens[t]));
    if (request == kNone) continue;
    if (times_in_capitals(document, emission.alias_requests()[request].of.begin) > 1) slips_.push_back({t, request});
  }
  std::sort(slips_.begin(), slips_.end(), [](const Slip& a, const Slip& b) { return a.token < b.token; });
  for (const Slip& slip : slips_) {
    const AliasRequest& request = emission.alias_requests()[slip.request];
    const Record model = records[request.record];
    const TokenRange range{slip.token, slip.token + 1};
    if (emission.accept_alias(model, range, model.forms, true, annotations, records))
      links_.push_back({request.of, range});
  }
}

}  // namespace kutip::tagging
