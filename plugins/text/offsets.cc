#include "text/offsets.h"

#include "text/utf8.h"

namespace kutip::text {
namespace {

constexpr std::uint32_t kBlock = 64;  // bytes

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

// Units of the code points that start in `bytes`. A block may begin or end inside a code point: each counts where its
// first byte stands.
std::uint32_t count_units(std::string_view bytes, OffsetUnit unit) {
  return static_cast<std::uint32_t>(unit == OffsetUnit::kUtf16 ? count_utf16_units(bytes) : count_code_points(bytes));
}

}  // namespace

OffsetConverter::OffsetConverter(std::string_view text, OffsetUnit unit) : text_(text), unit_(unit) {
  identity_ = unit == OffsetUnit::kUtf8 || is_ascii(text);
  if (identity_) return;
  checkpoints_.reserve(text.size() / kBlock + 1);
  checkpoints_.push_back(0);
  for (std::size_t begin = 0; begin + kBlock <= text.size(); begin += kBlock) {
    checkpoints_.push_back(checkpoints_.back() + count_units(text.substr(begin, kBlock), unit));
  }
}

std::uint32_t OffsetConverter::operator()(std::uint32_t offset) const {
  if (identity_) return offset;
  const std::uint32_t block = offset / kBlock;
  const std::uint32_t begin = block * kBlock;
  return checkpoints_[block] + count_units(text_.substr(begin, offset - begin), unit_);
}

std::uint32_t OffsetConverter::text_length() const {
  return (*this)(static_cast<std::uint32_t>(text_.size()));
}

}  // namespace kutip::text
