#include "tagging/nickname.h"

#include <algorithm>

#include "tagging/spelling.h"
#include "text/utf8.h"

namespace kutip::tagging {
namespace {

// Least lengths in code points. Shorter ones fit names of other people too often.
constexpr std::size_t kShortestBeginning = 4;
constexpr std::size_t kShortestSlip = 5;
constexpr std::size_t kShortestFirstPart = 3;
constexpr std::size_t kShortestNextPart = 2;

std::size_t common_beginning(std::string_view a, std::string_view b) {
  const auto end =
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin());
  return static_cast<std::size_t>(end.first - a.begin());
}

// True if `name` is a beginning of the first word followed by beginnings of the next ones, each as long as may be.
bool is_blend(std::string_view name, std::span<const std::string> words) {
  std::size_t parts = 0;
  for (const std::string& word : words) {
    const std::size_t part = common_beginning(name, word);
    if (text::count_code_points(name.substr(0, part)) < (parts == 0 ? kShortestFirstPart : kShortestNextPart))
      return false;
    ++parts;
    name.remove_prefix(part);
    if (name.empty()) return parts > 1;
  }
  return false;
}

}  // namespace

Nickname nickname_of(std::string_view name, std::span<const std::string> words) {
  const std::size_t length = text::count_code_points(name);
  const auto begins = [&](const std::string& word) { return word.size() > name.size() && word.starts_with(name); };
  if (length >= kShortestBeginning && std::any_of(words.begin(), words.end(), begins)) return Nickname::kBeginning;
  if (is_blend(name, words)) return Nickname::kBlend;
  const auto slips = [&](const std::string& word) {
    return word.front() == name.front() && spelling_distance(name, word, 1) == 1;
  };
  if (length >= kShortestSlip && words.size() > 1 && std::any_of(words.begin(), words.end(), slips))
    return Nickname::kSlip;
  return Nickname::kUnrelated;
}

}  // namespace kutip::tagging
