#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matching/annotation_index.h"
#include "tagging/conflicts.h"
#include "tagging/phase.h"
#include "tagging/records.h"
#include "tagging/rule_set.h"
#include "text/document.h"

namespace kutip::tagging {

// An alias that an accepted match asks for.
struct AliasRequest {
  const Alias* alias = nullptr;
  std::uint32_t record = 0;   // the match's record over `of`, else its first
  text::TokenRange of, form;  // `form` is empty if the alias has none
};

// Turns matches into records: the place where conflicts are decided. Reused from text to text.
class Emission {
 public:
  void reset(std::uint32_t tokens, std::size_t types, std::uint32_t max_records);

  // Accepts what the matches of a phase, best first, emit, as far as conflicts allow. A match whose first emitted
  // annotation is dropped is dropped as a whole. New annotations become visible in `annotations`. An organization over
  // exactly the tokens of one of an earlier phase is no conflict: it adds to what is known of that one.
  // A quote whose cue stands inside quote marks is clipped to what stands between them.
  void accept(const Grammar& grammar, const text::Document& document, const PhaseMatches& phase,
              matching::AnnotationIndex& annotations, Records& records);

  // Accepts a mention of a known name: a record like `model`, elsewhere. Returns false if its tokens are taken.
  bool accept_alias(const Record& model, text::TokenRange range, std::uint32_t forms, bool misspelt,
                    matching::AnnotationIndex& annotations, Records& records);

  std::span<const AliasRequest> alias_requests() const { return alias_requests_; }
  // The matches of the last phase that stand: indices into its matches().
  std::span<const std::uint32_t> accepted() const { return accepted_; }
  bool limit_reached() const { return limit_reached_; }

 private:
  bool emit(const Emit& emit, const Rule& rule, const RuleMatch& match, std::span<const matching::Capture> captures,
            const text::Document& document, matching::AnnotationIndex& annotations, Records& records);
  bool add(Record record, Overlap overlap, matching::AnnotationIndex& annotations, Records& records);

  bool names_again(TypeId type, const Records& records) const;

  TakenTokens taken_;
  std::uint32_t first_record_ = 0;            // of the phase
  std::vector<AliasRequest> alias_requests_;  // of the phase
  std::vector<std::uint32_t> accepted_;       // of the phase
  std::vector<Part> parts_;
  std::vector<FieldValue> fields_;
  std::uint32_t max_records_ = 0;
  bool limit_reached_ = false;
};

}  // namespace kutip::tagging
