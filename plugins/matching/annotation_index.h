#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matching/ids.h"
#include "text/span.h"

namespace kutip::matching {

// What patterns can see of an annotation.
struct AnnotationView {
  text::TokenRange range;
  text::TokenRange inner;  // range whose first and last token `where` tests; = range but for QUOTED
  TypeId type = 0;
  std::uint32_t forms = 0;  // bit set of the forms that `where: {form: ...}` selects from
  std::uint32_t id = 0;     // the caller's
};

// Annotations of a document, to be looked up by type and border. Reused for many documents by one thread.
class AnnotationIndex {
 public:
  // Empties the index for a document of `tokens` tokens.
  void reset(std::uint32_t tokens);
  // O(1) plus O(length) for the coverage bits. REQUIRES: range is not empty and within the document.
  void add(const AnnotationView& annotation);

  std::span<const AnnotationView> all() const { return all_; }
  // Calls f(index into all()) for each annotation of the types (type_bit()s) that begins (ends) at a token border, in
  // order of addition.
  template <typename F>
  void starting_at(std::uint32_t token, std::uint64_t types, F f) const {
    for (std::uint32_t i = first_at_begin_[token]; i != 0; i = next_at_begin_[i - 1])
      if ((types & type_bit(all_[i - 1].type)) != 0) f(i - 1);
  }
  template <typename F>
  void ending_at(std::uint32_t token_end, std::uint64_t types, F f) const {
    for (std::uint32_t i = first_at_end_[token_end]; i != 0; i = next_at_end_[i - 1])
      if ((types & type_bit(all_[i - 1].type)) != 0) f(i - 1);
  }
  // type_bit()s of the types that have an annotation over the token.
  std::uint64_t types_over(std::uint32_t token) const { return types_over_[token]; }
  // Another number after each reset() and add().
  std::uint64_t version() const { return version_ + all_.size(); }

 private:
  std::vector<AnnotationView> all_;
  // Chains in order of addition, as 1 + index into all_; 0 ends them. By token border:
  std::vector<std::uint32_t> first_at_begin_, first_at_end_;
  std::vector<std::uint32_t> last_at_begin_, last_at_end_;
  std::vector<std::uint32_t> next_at_begin_, next_at_end_;  // parallel to all_
  std::vector<std::uint64_t> types_over_;                   // by token
  std::uint64_t version_ = 0;                               // 2^32 apart
};

}  // namespace kutip::matching
