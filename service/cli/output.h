#pragma once

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string_view>

#include "kutip/v1/annotation.pb.h"
#include "service/cli/articles.h"
#include "service/cli/format.h"

namespace kutip::cli {

enum class Format { kPretty, kHtml, kJson, kJsonLines, kSpans };

// "pretty", "html", "json", "jsonl", "spans".
std::optional<Format> format_named(std::string_view name);

// Writes answers one after the other to standard output.
class Output {
 public:
  // `count`: how many articles will come; `title` names all of them together.
  Output(Format format, const PrettyOptions& pretty, std::size_t count, std::string_view title);
  // Ends the output.
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void add(const Article& article, const v1::AnnotateResponse& response);

 private:
  const Format format_;
  const PrettyOptions pretty_;
  const std::size_t count_;
  std::size_t written_ = 0;
};

}  // namespace kutip::cli
