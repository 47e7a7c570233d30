#include "tagging/rule_set.h"

#include <utility>

namespace kutip::tagging {
namespace {

std::string_view primary_subtag(std::string_view tag) {
  return tag.substr(0, tag.find_first_of("-_"));
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

}  // namespace

RuleSet::RuleSet(std::vector<PluginInfo> plugins, std::vector<Grammar> grammars, std::string digest)
    : plugins_(std::move(plugins)), grammars_(std::move(grammars)), digest_(std::move(digest)) {}

const Grammar* RuleSet::grammar(std::string_view language) const {
  for (const Grammar& grammar : grammars_)
    if (equal_ignoring_case(primary_subtag(grammar.language), primary_subtag(language))) return &grammar;
  return nullptr;
}

}  // namespace kutip::tagging
