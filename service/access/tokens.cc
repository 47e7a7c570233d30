#include "service/access/tokens.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <sstream>

namespace kutip::access {
namespace {

constexpr std::size_t kShortestToken = 16;
constexpr std::string_view kBearer = "Bearer ";
constexpr std::pair<std::string_view, Permission> kPermissions[] = {{"annotate", Permission::kAnnotate},
                                                                    {"read-rules", Permission::kReadRules},
                                                                    {"change-rules", Permission::kChangeRules}};

std::uint32_t bit(Permission permission) {
  return 1U << static_cast<unsigned>(permission);
}

// 0: there is no such permission.
std::uint32_t permission_bit(std::string_view word) {
  for (const auto& [name, permission] : kPermissions)
    if (word == name) return bit(permission);
  return 0;
}

}  // namespace

std::variant<Tokens, Tokens::Error> Tokens::parse(std::string_view text) {
  Tokens tokens;
  std::istringstream lines{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto wrong = [number](const std::string& what) {
      return Error{"line " + std::to_string(number) + ": " + what};
    };
    std::istringstream words(line);
    Entry entry;
    std::string token;
    if (!(words >> entry.name) || entry.name.front() == '#') continue;
    if (!(words >> token) || token.size() < kShortestToken)
      return wrong("behind the name comes a token of at least 16 characters");
    entry.hash = hash_of(token);
    for (std::string word; words >> word;) {
      const std::uint32_t granted = permission_bit(word);
      if (granted == 0) return wrong("a permission is annotate, read-rules or change-rules");
      entry.permissions |= granted;
    }
    for (const Entry& other : tokens.entries_)
      if (other.name == entry.name || other.hash == entry.hash) return wrong("the name or the token is there already");
    tokens.entries_.push_back(std::move(entry));
  }
  if (tokens.entries_.empty())
    return Error{"it names nobody, so nobody could call; a line is a name, a token and what the token allows"};
  return tokens;
}

std::optional<std::string> Tokens::name_of(std::string_view authorization) const {
  if (!authorization.starts_with(kBearer)) return std::nullopt;
  const Hash hash = hash_of(authorization.substr(kBearer.size()));
  const Entry* found = nullptr;
  for (const Entry& entry : entries_)
    if (CRYPTO_memcmp(entry.hash.data(), hash.data(), hash.size()) == 0) found = &entry;
  return found == nullptr ? std::nullopt : std::optional(found->name);
}

bool Tokens::allows(std::string_view name, Permission permission) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.name == name && (entry.permissions & bit(permission)) != 0;
  });
}

Tokens::Hash Tokens::hash_of(std::string_view token) {
  Hash hash{};
  SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(), hash.data());
  return hash;
}

}  // namespace kutip::access
