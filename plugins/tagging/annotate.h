#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "tagging/annotations.h"
#include "tagging/rule_set.h"

namespace kutip::tagging {

// A match that stands after conflicts. Its captures are by CaptureId.
struct AcceptedMatch {
  RuleId rule = 0;
  text::TokenRange range;
  std::span<const matching::Capture> captures;
};

struct AnnotateOptions {
  std::vector<std::uint32_t> plugins;       // indices into RuleSet::plugins(); empty: all of the language
  std::uint32_t max_annotations = 100'000;  // quotes, mentions and labels together; more sets `truncated`
  // Asked now and then (at least every 1,000 tokens); true stops the work.
  std::function<bool()> cancelled;
  // Shown, before the rules of a phase run, what they can see: for tools that explain them. Lives only during the call.
  std::function<void(std::uint32_t phase, const matching::MatchInput&)> on_phase;
  // Told of each match that stands, phase by phase: for tests of rules. What it is given lives only during the call.
  std::function<void(const text::Document&, const AcceptedMatch&)> on_match;
};

// Memory that annotating needs, reused from text to text. One per thread.
class Workspace {
 public:
  Workspace();
  Workspace(Workspace&&) noexcept;
  ~Workspace();
  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// Annotates one text: the whole way from text to entities, in the order its definition shows. Same text, rules and
// options give the same answer. O(bytes). Returns false, with `out` unspecified, if options.cancelled() said so.
// REQUIRES: `text` is well-formed UTF-8 of less than 2^31 bytes; it and the grammar's RuleSet outlive `out`.
bool annotate(const RuleSet& rules, const Grammar& grammar, std::string_view text, const AnnotateOptions& options,
              Workspace& workspace, Annotations& out);

// The grammar whose function words are most frequent in the first kilobytes of `text`; the first grammar if none
// occurs; nullptr if the set has no grammar. O(1) in the text.
const Grammar* detect_language(const RuleSet& rules, std::string_view text, Workspace& workspace);

}  // namespace kutip::tagging
