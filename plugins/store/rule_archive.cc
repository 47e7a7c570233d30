#include "store/rule_archive.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kutip::store {
namespace {

constexpr std::string_view kHead = "kutip-ruleset 1\n";
constexpr std::size_t kLengthBytes = 8;

void append_length(std::string& out, std::size_t length) {
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    out += static_cast<char>((static_cast<std::uint64_t>(length) >> (8 * i)) & 0xFF);
}

std::optional<std::uint64_t> take_length(std::string_view& bytes) {
  if (bytes.size() < kLengthBytes) return std::nullopt;
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    length |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  bytes.remove_prefix(kLengthBytes);
  return length;
}

std::optional<std::string> take_string(std::string_view& bytes, std::uint64_t length) {
  if (length > bytes.size()) return std::nullopt;
  std::string out(bytes.substr(0, length));
  bytes.remove_prefix(length);
  return out;
}

}  // namespace

std::string pack(const RuleFiles& files) {
  std::string out(kHead);
  for (const loading::SourceFile& file : files.files) {
    append_length(out, file.path.size());
    append_length(out, file.content.size());
    out += file.path;
    out += file.content;
  }
  return out;
}

RuleFilesPtr unpack(std::string_view bytes, std::string_view digest) {
  if (!bytes.starts_with(kHead)) return nullptr;
  bytes.remove_prefix(kHead.size());
  std::vector<loading::SourceFile> files;
  while (!bytes.empty()) {
    const auto path_length = take_length(bytes);
    const auto content_length = path_length ? take_length(bytes) : std::nullopt;
    if (!content_length) return nullptr;
    auto path = take_string(bytes, *path_length);
    auto content = path ? take_string(bytes, *content_length) : std::nullopt;
    if (!content) return nullptr;
    files.push_back({std::move(*path), std::move(*content)});
  }
  RuleFilesPtr unpacked = make_rule_files(std::move(files));
  return unpacked->digest == digest ? unpacked : nullptr;
}

}  // namespace kutip::store
