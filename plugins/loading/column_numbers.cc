#include <algorithm>

#include "loading/build_lexicons.h"

namespace kutip::loading {

ColumnNumbers::ColumnNumbers(const Symbols& symbols)
    : names_{"form", "lemma"}, by_lexicon_(symbols.lexicons_with_entries().size()) {
  const auto add = [](std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  };
  for (const std::size_t index : symbols.build_order()) {
    const DeclaredLexicon& lexicon = symbols.lexicons()[index];
    if (lexicon.spec->union_of || lexicon.ids.empty()) continue;
    std::vector<std::string>& columns = by_lexicon_[lexicon.ids.front()];
    columns = {"form"};
    for (const Name& name : lexicon.spec->columns) add(columns, name.value);
    for (const std::size_t part : lexicon.parts)
      for (const matching::LexiconId id : symbols.lexicons()[part].ids)
        for (const std::string& name : by_lexicon_[id]) add(columns, name);
    if (lexicon.spec->from.given()) add(columns, "lemma");
  }
  for (const auto& columns : by_lexicon_)
    for (const std::string& name : columns) add(names_, name);
}

int ColumnNumbers::number(std::string_view name) const {
  const auto at = std::find(names_.begin(), names_.end(), name);
  return at == names_.end() ? -1 : static_cast<int>(at - names_.begin());
}

bool ColumnNumbers::has(matching::LexiconId lexicon, std::string_view name) const {
  const auto& columns = by_lexicon_[lexicon];
  return name == "lemma" || std::find(columns.begin(), columns.end(), name) != columns.end();
}

}  // namespace kutip::loading
