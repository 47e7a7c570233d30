#include "matching/lexicon_set.h"

#include <algorithm>
#include <utility>

namespace kutip::matching {

LexiconSet::LexiconSet() : impl_(std::make_unique<const Impl>()) {}
LexiconSet::LexiconSet(LexiconSet&&) noexcept = default;
LexiconSet& LexiconSet::operator=(LexiconSet&&) noexcept = default;
LexiconSet::~LexiconSet() = default;

std::size_t LexiconSet::lexicon_count() const {
  return impl_->lexicons.size();
}

std::size_t LexiconSet::entry_count() const {
  return impl_->entries.size();
}

std::string_view LexiconSet::name(LexiconId lexicon) const {
  return impl_->lexicons[lexicon].name;
}

int LexiconSet::column(LexiconId lexicon, std::string_view name) const {
  const std::vector<std::string>& columns = impl_->lexicons[lexicon].columns;
  const auto found = std::find(columns.begin(), columns.end(), name);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

LexiconId LexiconSet::lexicon_of(EntryId entry) const {
  return impl_->entries[entry].lexicon;
}

std::string_view LexiconSet::value(EntryId entry, int column) const {
  const std::size_t columns = impl_->lexicons[lexicon_of(entry)].columns.size();
  if (column < 0 || static_cast<std::size_t>(column) >= columns) return {};
  return impl_->value(entry, static_cast<std::uint32_t>(column));
}

std::span<const CoverWord> LexiconSet::cover_words() const {
  return impl_->cover_words;
}

std::uint32_t LexiconSet::line(EntryId entry) const {
  return impl_->entries[entry].line;
}

}  // namespace kutip::matching
