#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Annotations in the form of gold corpora: plain spans in code points, with the rule behind each. What scoring and
// comparing work on.
namespace kutip::authoring {

// Half-open range of code points of the text.
struct Extent {
  std::uint32_t begin = 0, end = 0;
  friend auto operator<=>(const Extent&, const Extent&) = default;
};

struct MarkedQuote {
  std::string kind;  // direct, indirect, mixed
  std::vector<Extent> fragments, cue, speaker;
  std::string speaker_name;        // empty: none
  bool says_continuation = false;  // the record has a word on continuations
  std::optional<Extent> continuation;
  bool reporting = true;  // gold only: false stands outside what is scored
  std::string rule;       // PLUGIN/RULE; empty in gold
};

struct MarkedName {
  Extent extent;
  std::string rule;
};

struct MarkedLabel {
  std::string type, value;
  Extent extent;
  std::string rule;
};

struct AnnotatedText {
  std::string id, language, text;
  // A layer that is not there was not annotated.
  std::optional<std::vector<MarkedQuote>> quotes;
  std::optional<std::vector<MarkedName>> organizations, persons;
  std::vector<MarkedLabel> labels;
};

}  // namespace kutip::authoring
