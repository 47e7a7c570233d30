#include "loading/source_text.h"

#include <algorithm>

namespace kutip::loading {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kCheckpointBytes = 256;

std::uint32_t count_leads(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

SourceText::SourceText(std::uint32_t file, std::string_view content) : file_(file), bytes_(content) {
  if (bytes_.starts_with(kByteOrderMark)) bytes_.remove_prefix(kByteOrderMark.size());
  line_begins_.push_back(0);
  for (std::size_t at = bytes_.find('\n'); at != std::string_view::npos; at = bytes_.find('\n', at + 1))
    line_begins_.push_back(at + 1);
  std::uint32_t count = 0;
  for (std::size_t at = 0; at <= bytes_.size(); at += kCheckpointBytes) {
    checkpoints_.push_back(count);
    count += count_leads(bytes_.substr(at, kCheckpointBytes));
  }
}

std::uint32_t SourceText::code_points_before(std::size_t offset) const {
  const std::size_t checkpoint = offset / kCheckpointBytes;
  const std::size_t at = checkpoint * kCheckpointBytes;
  return checkpoints_[checkpoint] + count_leads(bytes_.substr(at, offset - at));
}

std::size_t SourceText::line_at(std::size_t offset) const {
  const auto next = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  return static_cast<std::size_t>(next - line_begins_.begin()) - 1;
}

std::string_view SourceText::line(std::size_t line) const {
  const std::size_t begin = line_begins_[line];
  const std::size_t end = line + 1 < line_begins_.size() ? line_begins_[line + 1] - 1 : bytes_.size();
  std::string_view text = bytes_.substr(begin, end - begin);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

SourceRange SourceText::range(std::size_t begin, std::size_t end) const {
  begin = std::min(begin, bytes_.size());
  const std::size_t at = line_at(begin);
  const std::size_t line_end = line_begins_[at] + line(at).size();
  end = std::clamp(end, begin, std::max(begin, line_end));
  const std::uint32_t before = code_points_before(begin);
  const std::uint32_t column = 1 + before - code_points_before(line_begins_[at]);
  const std::uint32_t width = std::max(1u, code_points_before(end) - before);
  return {file_, static_cast<std::uint32_t>(at + 1), column, column + width};
}

}  // namespace kutip::loading
