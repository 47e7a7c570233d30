#include "matching/word_trie.h"

namespace kutip::matching {
namespace {

// Fibonacci hashing of the pair; the upper bits are the good ones.
std::uint64_t hash_pair(WordTrie::Node parent, text::WordId word) {
  const std::uint64_t pair = (std::uint64_t{parent} << 32) | word;
  const std::uint64_t mixed = (pair ^ (pair >> 29)) * 0x9E3779B97F4A7C15u;
  return mixed >> 32;
}

constexpr std::size_t kFirstSlots = 64;

}  // namespace

WordTrie::Node WordTrie::new_node() {
  has_children_.push_back(0);
  return node_end() - 1;
}

void WordTrie::add_role(text::WordId word, std::uint8_t role) {
  if (word >= roles_.size()) roles_.resize(word + 1, 0);
  roles_[word] |= role;
}

WordTrie::Node WordTrie::insert(std::span<const text::WordId> sequence) {
  add_role(sequence[0], sequence.size() == 1 ? kAlone : kBegins);
  Node node = add_root_child(sequence[0]);
  for (const text::WordId word : sequence.subspan(1)) {
    add_role(word, kContinues);
    node = add_child(node, word);
  }
  return node;
}

WordTrie::Node WordTrie::add_root_child(text::WordId word) {
  if (word >= root_children_.size()) root_children_.resize(word + 1, kNoNode);
  if (root_children_[word] == kNoNode) root_children_[word] = new_node();
  return root_children_[word];
}

WordTrie::Node WordTrie::add_child(Node parent, text::WordId word) {
  if (2 * (slots_used_ + 1) > slots_.size()) grow();
  Slot& slot = slots_[slot_of(parent, word)];
  if (slot.child == kNoNode) {
    slot = {parent, word, new_node()};
    has_children_[parent] = 1;
    ++slots_used_;
  }
  return slot.child;
}

std::size_t WordTrie::slot_of(Node parent, text::WordId word) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash_pair(parent, word) & mask;
  while (slots_[i].child != kNoNode && (slots_[i].parent != parent || slots_[i].word != word)) i = (i + 1) & mask;
  return i;
}

void WordTrie::grow() {
  std::vector<Slot> old(slots_.empty() ? kFirstSlots : 2 * slots_.size());
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.child != kNoNode) slots_[slot_of(slot.parent, slot.word)] = slot;
}

}  // namespace kutip::matching
