#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "loading/findings.h"
#include "loading/source_text.h"

namespace kutip::loading {

// A value of a YAML file with its place. Plain data; knows nothing of the YAML library.
struct YamlNode {
  enum class Kind { kScalar, kNull, kList, kMap, kBad };  // kBad: already reported, to be passed over
  enum class Style { kPlain, kPlainLines, kQuoted, kLiteral, kFolded };

  struct Key {
    std::string text;
    SourceRange where;
  };

  Kind kind = Kind::kBad;
  Style style = Style::kPlain;  // of a scalar
  std::string text;             // of a scalar
  std::vector<Key> keys;        // of a map, parallel to `items`; no key twice
  std::vector<YamlNode> items;  // of a list or map
  bool damaged = false;         // of a map: a key was wrong (and reported), so what is missing may be under it
  std::size_t begin = 0;        // bytes of SourceText::bytes(), half-open
  std::size_t end = 0;
  SourceRange where;

  bool is_plain() const { return style == Style::kPlain || style == Style::kPlainLines; }
};

inline constexpr std::size_t kMaxYamlBytes = std::size_t{8} << 20;
inline constexpr std::size_t kMaxYamlNodes = 1'000'000;
inline constexpr std::size_t kMaxYamlDepth = 64;
inline constexpr std::size_t kMaxKeyBytes = 200;

struct YamlDocument {
  std::optional<YamlNode> root;
  bool complete = false;  // false: the file could not be read to its end
};

// Reads one YAML file strictly: one document; no anchors, aliases, tags, merge keys; scalar keys, none twice; quoted
// values end on their line; limits as above. Reports every departure. Never throws. O(bytes).
YamlDocument parse_yaml(const SourceText& source, Findings& findings);

}  // namespace kutip::loading
