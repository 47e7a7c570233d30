#include "text/offsets.h"

#include "text/utf8.h"

namespace kutip::text {
namespace {

constexpr std::size_t kStep = 256;

std::size_t units(std::string_view text, OffsetUnit unit) {
  return unit == OffsetUnit::kUtf16 ? count_utf16_units(text) : count_code_points(text);
}

}  // namespace

OffsetConverter::OffsetConverter(std::string_view text, OffsetUnit unit) : text_(text), unit_(unit) {
  if (unit == OffsetUnit::kUtf8 || count_code_points(text) == text.size()) return;
  identity_ = false;
  std::size_t before = 0;
  for (std::size_t i = 0; i <= text.size(); i += kStep) {
    checkpoints_.push_back(static_cast<std::uint32_t>(before));
    before += units(text.substr(i, kStep), unit);
  }
}

std::uint32_t OffsetConverter::operator()(std::uint32_t offset) const {
  if (identity_) return offset;
  const std::size_t block = offset / kStep;
  return checkpoints_[block] +
         static_cast<std::uint32_t>(units(text_.substr(block * kStep, offset - block * kStep), unit_));
}

std::uint32_t OffsetConverter::text_length() const {
  return (*this)(static_cast<std::uint32_t>(text_.size()));
}

}  // namespace kutip::text
