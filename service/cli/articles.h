#pragma once

#include <string>
#include <variant>
#include <vector>

namespace kutip::cli {

// A text to annotate, as it was read. `text` is well-formed UTF-8.
struct Article {
  std::string id;
  std::string language;  // BCP 47; empty: not given
  std::string text;
};

// Why an input cannot be read; a sentence for people that begins with the input's name.
struct InputError {
  std::string message;
};

enum class InputKind {
  kByName,     // *.jsonl and *.ndjson are JSON Lines, all others plain text
  kText,       // one article
  kJsonLines,  // an object a line: {"id": …, "text": …, "lang": …}; id and lang may be missing
};

// Reads a whole input; "-" is standard input. A plain text's id is `path`; a line without an id gets its number.
std::variant<std::vector<Article>, InputError> read_articles(const std::string& path, InputKind kind);

}  // namespace kutip::cli
