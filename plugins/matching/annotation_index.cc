#include "matching/annotation_index.h"

#include "matching/version.h"

namespace kutip::matching {

void AnnotationIndex::reset(std::uint32_t tokens) {
  version_ = new_version() << 32;
  all_.clear();
  next_at_begin_.clear();
  next_at_end_.clear();
  for (std::vector<std::uint32_t>* borders : {&first_at_begin_, &first_at_end_, &last_at_begin_, &last_at_end_})
    borders->assign(tokens + 1, 0);
  types_over_.assign(tokens, 0);
}

void AnnotationIndex::add(const AnnotationView& annotation) {
  all_.push_back(annotation);
  next_at_begin_.push_back(0);
  next_at_end_.push_back(0);
  const auto number = static_cast<std::uint32_t>(all_.size());
  const auto append = [number](std::uint32_t& first, std::uint32_t& last, std::vector<std::uint32_t>& next) {
    (last == 0 ? first : next[last - 1]) = number;
    last = number;
  };
  const auto [begin, end] = annotation.range;
  append(first_at_begin_[begin], last_at_begin_[begin], next_at_begin_);
  append(first_at_end_[end], last_at_end_[end], next_at_end_);
  for (std::uint32_t i = begin; i < end; ++i) types_over_[i] |= type_bit(annotation.type);
}

}  // namespace kutip::matching
