#pragma once

#include <cstdint>
#include <vector>

#include "text/vocabulary.h"

namespace kutip::matching {

// A trie over sequences of word ids. The children of the root stand in an array by word, so that the question asked for
// every token of every text, whether a sequence starts with it, is one load; deeper children stand in one hash table of
// (node, word).
class WordTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kNoNode = 0;

  // Returns the node of a sequence that continues the one of `parent`, adding it if it is new.
  Node add_root_child(text::WordId word);
  Node add_child(Node parent, text::WordId word);

  // kNoNode if there is none. O(1).
  Node root_child(text::WordId word) const { return word < root_children_.size() ? root_children_[word] : kNoNode; }
  Node child(Node parent, text::WordId word) const;
  bool has_children(Node node) const { return has_children_[node] != 0; }
  bool starts_with(text::WordId word) const { return word < starts_.size() && starts_[word] != 0; }

  // Nodes are numbered in [1, node_end()).
  Node node_end() const { return static_cast<Node>(has_children_.size()); }

 private:
  struct Slot {
    Node parent = kNoNode;
    text::WordId word = text::kUnknownWord;
    Node child = kNoNode;
  };
  Node new_node();
  std::size_t slot_of(Node parent, text::WordId word) const;
  void grow();

  std::vector<std::uint8_t> starts_;  // by word, non-zero if root_children_ has it: a byte each, to stay in cache
  std::vector<Node> root_children_;   // by word
  std::vector<std::uint8_t> has_children_ = {0};  // by node
  std::vector<Slot> slots_;                       // open addressing, power of two, at most half full
  std::size_t slots_used_ = 0;
};

}  // namespace kutip::matching
