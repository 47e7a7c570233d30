#include "loading/lexicon_order.h"

#include <algorithm>

namespace kutip::loading {
namespace {

// Follows parts that are not ordered from `start` until one comes again: that one is on a cycle.
void report_cycle(std::size_t start, const std::vector<DeclaredLexicon>& lexicons, const std::vector<bool>& ordered,
                  std::vector<bool>& walked, Findings& findings) {
  const auto next_part = [&](std::size_t i) {
    const auto& parts = lexicons[i].parts;
    return *std::find_if(parts.begin(), parts.end(), [&](std::size_t part) { return !ordered[part]; });
  };
  std::vector<std::size_t> path;
  std::size_t at = start;
  for (; !walked[at]; at = next_part(at)) {
    walked[at] = true;
    path.push_back(at);
  }
  if (std::find(path.begin(), path.end(), at) == path.end()) return;  // leads to a cycle that is reported already
  const Name& name = lexicons[at].spec->name;
  Diagnostic& d =
      findings.report(Code::kLexiconCycle, name.where, "the lexicon " + quoted(name.value) + " is made of itself");
  for (std::size_t part = next_part(at); part != at; part = next_part(part))
    d.related.emplace_back(lexicons[part].spec->name.where, "by way of this one");
}

}  // namespace

// Kahn's algorithm (Topological sorting of large networks, 1962).
std::vector<std::size_t> order_lexicons(std::vector<DeclaredLexicon>& lexicons, Findings& findings) {
  std::vector<std::size_t> missing(lexicons.size());
  std::vector<std::vector<std::size_t>> users(lexicons.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < lexicons.size(); ++i) {
    missing[i] = lexicons[i].parts.size();
    for (const std::size_t part : lexicons[i].parts) users[part].push_back(i);
    if (missing[i] == 0) order.push_back(i);
  }
  for (std::size_t n = 0; n < order.size(); ++n)
    for (const std::size_t user : users[order[n]])
      if (--missing[user] == 0) order.push_back(user);

  std::vector<bool> ordered(lexicons.size()), walked(lexicons.size());
  for (const std::size_t i : order) ordered[i] = true;
  for (std::size_t i = 0; i < lexicons.size(); ++i)
    if (!ordered[i] && !walked[i]) report_cycle(i, lexicons, ordered, walked, findings);
  for (std::size_t i = 0; i < lexicons.size(); ++i) {
    if (ordered[i]) continue;
    lexicons[i].parts.clear();
    order.push_back(i);
  }
  return order;
}

}  // namespace kutip::loading
