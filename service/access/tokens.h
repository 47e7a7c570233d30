#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kutip::access {

// What a call needs.
enum class Permission : std::uint8_t { kAnnotate, kReadRules, kChangeRules };

// Who may call what, by bearer tokens. Immutable. Kept are hashes of the tokens, not they themselves.
class Tokens {
 public:
  // Why a file of tokens is none, with its line if one is at fault; a sentence for people. Never holds a token.
  struct Error {
    std::string message;
  };

  // Lines of a name, a token of at least 16 characters and permissions, all separated by blanks:
  //   newsroom 4f1c0f0e5b1d4b8e9a annotate read-rules change-rules
  // Empty lines and those that begin with # count for nothing; at least one other is wanted.
  static std::variant<Tokens, Error> parse(std::string_view text);

  // The name that goes with an `authorization` header ("Bearer ..."); nullopt: none. Takes as long for a token that is
  // nearly right as for any other.
  std::optional<std::string> name_of(std::string_view authorization) const;
  // REQUIRES: `name` came from name_of().
  bool allows(std::string_view name, Permission permission) const;

 private:
  using Hash = std::array<unsigned char, 32>;

  struct Entry {
    std::string name;
    Hash hash{};
    std::uint32_t permissions = 0;  // bits by Permission
  };

  static Hash hash_of(std::string_view token);

  std::vector<Entry> entries_;
};

}  // namespace kutip::access
