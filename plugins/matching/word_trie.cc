#include "matching/word_trie.h"

namespace kutip::matching {
namespace {

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
  if (sequence.size() > 1) first_pairs_.emplace_back(sequence[0], sequence[1]);
  Node node = add_root_child(sequence[0]);
  for (const text::WordId word : sequence.subspan(1)) {
    add_role(word, kContinues);
    node = add_child(node, word);
  }
  return node;
}

// Sixteen bits a pair: one in sixteen pairs that begin nothing gets through, at most.
void WordTrie::index() {
  std::size_t words = 1;
  while (4 * words < first_pairs_.size()) words *= 2;
  pair_filter_.assign(words, 0);
  for (const auto& [first, second] : first_pairs_) {
    const std::uint64_t bit = hash_of(first, second) & (64 * words - 1);
    pair_filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  first_pairs_.clear();
  first_pairs_.shrink_to_fit();
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
  std::size_t i = hash_of(parent, word) & mask;
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
