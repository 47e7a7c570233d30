#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "text/vocabulary.h"

namespace kutip::matching {

// A trie over sequences of word ids. A byte a word says whether it can begin or go on with a sequence, and a bit a
// pair whether one can begin with these two: that is all that has to be looked at for most tokens of most texts. The
// children of the root stand in an array by word, deeper ones in one hash table of (node, word).
class WordTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kNoNode = 0;

  // Returns the node where the sequence ends. REQUIRES: it is not empty.
  Node insert(std::span<const text::WordId> sequence);
  // Ends the inserting.
  void index();

  // False if no sequence begins with `word`, or none is `word` alone or goes on with `next`; rarely true though none
  // does. O(1), one or two bytes to load.
  bool may_start(text::WordId word, text::WordId next) const {
    return (role_of(word) & kAlone) != 0 || may_begin(word, next);
  }
  // The same for sequences of two words and more.
  bool may_begin(text::WordId word, text::WordId next) const {
    if ((role_of(word) & kBegins) == 0 || (role_of(next) & kContinues) == 0) return false;
    const std::uint64_t bit = hash_of(word, next) & (64 * pair_filter_.size() - 1);
    return (pair_filter_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  // kNoNode if there is none. O(1).
  Node root_child(text::WordId word) const { return word < root_children_.size() ? root_children_[word] : kNoNode; }
  Node child(Node parent, text::WordId word) const {
    if (has_children_[parent] == 0 || (role_of(word) & kContinues) == 0) return kNoNode;
    return slots_[slot_of(parent, word)].child;
  }

  // Hide the cost of reaching memory when called some time before.
  void prefetch_root_child(text::WordId word) const {
    if (word < root_children_.size()) __builtin_prefetch(&root_children_[word]);
  }
  void prefetch_child(Node parent, text::WordId word) const {
    __builtin_prefetch(&slots_[hash_of(parent, word) & (slots_.size() - 1)]);
  }

  // Nodes are numbered in [1, node_end()).
  Node node_end() const { return static_cast<Node>(has_children_.size()); }

 private:
  // Roles of a word in the sequences, as bits.
  static constexpr std::uint8_t kAlone = 1, kBegins = 2, kContinues = 4;
  struct Slot {
    Node parent = kNoNode;
    text::WordId word = text::kUnknownWord;
    Node child = kNoNode;
  };
  // Fibonacci hashing of the pair; the upper bits are the good ones.
  static std::uint64_t hash_of(std::uint32_t a, std::uint32_t b) {
    const std::uint64_t pair = (std::uint64_t{a} << 32) | b;
    return ((pair ^ (pair >> 29)) * 0x9E3779B97F4A7C15u) >> 32;
  }
  std::uint8_t role_of(text::WordId word) const { return word < roles_.size() ? roles_[word] : 0; }
  void add_role(text::WordId word, std::uint8_t role);
  Node new_node();
  Node add_root_child(text::WordId word);
  Node add_child(Node parent, text::WordId word);
  std::size_t slot_of(Node parent, text::WordId word) const;
  void grow();

  std::vector<std::uint8_t> roles_;  // by word
  // The first two words of sequences as a Bloom filter with one hash function, small enough to stay in cache.
  std::vector<std::uint64_t> pair_filter_ = {0};
  std::vector<std::pair<text::WordId, text::WordId>> first_pairs_;  // until index()
  std::vector<Node> root_children_;                                 // by word
  std::vector<std::uint8_t> has_children_ = {0};                    // by node
  std::vector<Slot> slots_;                                         // open addressing, power of two, at most half full
  std::size_t slots_used_ = 0;
};

}  // namespace kutip::matching
