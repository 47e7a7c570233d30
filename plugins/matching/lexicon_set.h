#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matching/lexicon.h"
#include "matching/word_trie.h"

// What a LexiconSet is made of; for the sources of this folder.
namespace kutip::matching {

struct LexiconSet::Impl {
  struct Lexicon {
    std::string name;
    LexiconMatch match = LexiconMatch::kFolded;
    std::vector<std::string> columns;
    bool cover_only = false;
  };
  struct Entry {
    LexiconId lexicon = 0;
    std::uint32_t line = 0;
    std::uint32_t first_value = 0;  // of value_begins; an entry has a value for each column of its lexicon
  };
  // What a text is compared with, in one cache line with its neighbours.
  struct NodeEntry {
    EntryId entry = kNoEntry;
    LexiconId lexicon = 0;
    LexiconMatch match = LexiconMatch::kFolded;
  };

  std::string_view value(EntryId entry, std::uint32_t column) const {
    const std::uint32_t i = entries[entry].first_value + column;
    return std::string_view(values).substr(value_begins[i], value_begins[i + 1] - value_begins[i]);
  }

  // Fetches what entries need that begin with the word, behind which the next one stands.
  void prefetch(text::WordId word, text::WordId next) const {
    const WordTrie::Node node = trie.root_child(word);
    __builtin_prefetch(&first_of_node[node]);
    if (trie.may_begin(word, next)) trie.prefetch_child(node, next);
  }

  std::vector<Lexicon> lexicons;
  std::vector<Entry> entries;
  std::vector<CoverWord> cover_words;
  std::vector<std::uint32_t> value_begins = {0};  // values[value_begins[i], value_begins[i + 1])
  std::string values;

  WordTrie trie;
  std::vector<std::uint32_t> first_of_node;  // node_entries[first_of_node[n], first_of_node[n + 1]) end at node n
  std::vector<NodeEntry> node_entries;
};

}  // namespace kutip::matching
