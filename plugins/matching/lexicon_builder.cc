#include <algorithm>
#include <array>
#include <utility>

#include "matching/lexicon_set.h"

namespace kutip::matching {

// The set, and what only building needs: the entries of each node as chains, later ones first.
struct LexiconSet::Builder::State {
  Impl set;
  std::vector<EntryId> last_of_node;
  std::vector<EntryId> previous_of_node;  // by entry
};

namespace {

// Numbers below the list's length are kept, others get kNoEntry.
EntryId at_or_none(const std::vector<EntryId>& list, std::uint32_t i) {
  return i < list.size() ? list[i] : kNoEntry;
}

}  // namespace

LexiconSet::Builder::Builder(text::Vocabulary& vocabulary)
    : state_(std::make_unique<State>()), vocabulary_(vocabulary) {}
LexiconSet::Builder::~Builder() = default;

LexiconId LexiconSet::Builder::add_lexicon(std::string name, LexiconMatch match, std::vector<std::string> columns,
                                           bool cover_only) {
  if (columns.empty()) columns.emplace_back("form");
  state_->set.lexicons.push_back({std::move(name), match, std::move(columns), cover_only});
  return static_cast<LexiconId>(state_->set.lexicons.size() - 1);
}

void LexiconSet::Builder::add_entry(LexiconId lexicon, std::span<const std::string> tokens,
                                    std::span<const std::string_view> columns, std::uint32_t line) {
  if (tokens.empty() || tokens.size() > kMaxEntryTokens) return;
  Impl& set = state_->set;
  std::array<text::WordId, kMaxEntryTokens> words;
  std::transform(tokens.begin(), tokens.end(), words.begin(),
                 [this](const std::string& t) { return vocabulary_.add(t); });
  const LexiconMatch match = set.lexicons[lexicon].match;
  if (tokens.size() == 1 && set.lexicons[lexicon].cover_only && match != LexiconMatch::kExact) {
    set.cover_words.push_back({words[0], lexicon, match == LexiconMatch::kCapital});
    state_->previous_of_node.push_back(kNoEntry);
    add_values(lexicon, columns, line);
    return;
  }
  const WordTrie::Node node = set.trie.insert(std::span(words).first(tokens.size()));

  const std::string_view form = columns.empty() ? std::string_view() : columns[0];
  const bool exact = match == LexiconMatch::kExact;
  const EntryId last = at_or_none(state_->last_of_node, node);
  for (EntryId same = last; same != kNoEntry; same = state_->previous_of_node[same])
    if (set.entries[same].lexicon == lexicon && (!exact || set.value(same, 0) == form)) return;

  if (node >= state_->last_of_node.size()) state_->last_of_node.resize(node + 1, kNoEntry);
  state_->last_of_node[node] = static_cast<EntryId>(set.entries.size());
  state_->previous_of_node.push_back(last);
  add_values(lexicon, columns, line);
}

void LexiconSet::Builder::add_values(LexiconId lexicon, std::span<const std::string_view> columns, std::uint32_t line) {
  Impl& set = state_->set;
  set.entries.push_back({lexicon, line, static_cast<std::uint32_t>(set.value_begins.size() - 1)});
  for (std::size_t i = 0; i < set.lexicons[lexicon].columns.size(); ++i) {
    if (i < columns.size()) set.values += columns[i];
    set.value_begins.push_back(static_cast<std::uint32_t>(set.values.size()));
  }
}

LexiconSet LexiconSet::Builder::build() && {
  Impl& set = state_->set;
  set.trie.index();
  set.first_of_node.assign(set.trie.node_end() + 1, 0);
  set.node_entries.reserve(set.entries.size());
  std::vector<EntryId> of_node;
  for (WordTrie::Node node = 0; node < set.trie.node_end(); ++node) {
    of_node.clear();
    for (EntryId e = at_or_none(state_->last_of_node, node); e != kNoEntry; e = state_->previous_of_node[e])
      of_node.push_back(e);
    for (auto e = of_node.rbegin(); e != of_node.rend(); ++e) {
      const LexiconId lexicon = set.entries[*e].lexicon;
      set.node_entries.push_back({*e, lexicon, set.lexicons[lexicon].match});
    }
    set.first_of_node[node + 1] = static_cast<std::uint32_t>(set.node_entries.size());
  }
  LexiconSet result;
  result.impl_ = std::make_unique<const Impl>(std::move(set));
  return result;
}

}  // namespace kutip::matching
