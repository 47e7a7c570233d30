#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loading/findings.h"
#include "loading/symbols.h"
#include "matching/lexicon.h"
#include "text/document.h"
#include "text/vocabulary.h"

namespace kutip::loading {

// One numbering of columns for all lexicons of a grammar, so that a capture of any of several lexicons can be asked for
// one column: 0 the form, 1 the lemma, then names as they come.
class ColumnNumbers {
 public:
  explicit ColumnNumbers(const Symbols& symbols);

  // -1 if no lexicon has the column.
  int number(std::string_view name) const;
  // True if the lexicon has the column. Every lexicon has `form` and `lemma`.
  bool has(matching::LexiconId lexicon, std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }
  // Columns of all lexicons.
  const std::vector<std::string>& columns_of(matching::LexiconId lexicon) const { return by_lexicon_[lexicon]; }

 private:
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> by_lexicon_;
};

inline constexpr int kFormColumn = 0;
inline constexpr int kLemmaColumn = 1;

// Reads all lexicon files and builds the set; lexicon ids are those of `symbols`; `classes` says whose entries are
// asked for. `lemma_read`: lexicons whose lemma a rule asks for, which get that column even if they do not declare it.
// Reports what is wrong with files and entries. Returns the number of entries of each plugin in `entry_counts`.
matching::LexiconSet build_lexicons(const Symbols& symbols, const ColumnNumbers& columns,
                                    const std::set<matching::LexiconId>& lemma_read, std::span<const SourceFile> files,
                                    const matching::TokenClasses& classes, const text::TextRules& text_rules,
                                    text::Vocabulary& vocabulary, std::vector<std::uint32_t>& entry_counts,
                                    Findings& findings);

}  // namespace kutip::loading
