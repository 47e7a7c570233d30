#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authoring/explained_rules.h"
#include "authoring/explanation.h"
#include "tagging/annotate.h"

namespace kutip::authoring {

struct ExplainRequest {
  std::optional<text::Span> within;  // bytes; not given: the whole text
  std::string plugin, rule;          // only these; empty: all
  std::size_t most = 100;
  bool misses = true;  // false: matches only, also those that lost
  // Asked before each rule and each place where one might match; true stops the work.
  std::function<bool()> cancelled{};
};

struct ExplainAnswer {
  std::vector<Explanation> explanations;
  bool truncated = false;
  bool cancelled = false;  // request.cancelled() said so; the rest says nothing then
};

// What rules did with a text: matches, those that exceptions dropped or others won over, and near misses. With a rule
// given there is a near miss for each sentence in which nothing of it matched, or word that its anchor occurs nowhere;
// else one for each rule that came at least half of its way. By place, at equal places what came furthest first. Slow:
// some hundred times the cost of annotating. REQUIRES: `text` is well-formed UTF-8.
ExplainAnswer explain(const ExplainedRules& rules, std::string_view text, const ExplainRequest& request,
                      tagging::Workspace& workspace);

}  // namespace kutip::authoring
