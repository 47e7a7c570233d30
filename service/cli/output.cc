#include "service/cli/output.h"

#include <string>

#include "service/cli/terminal.h"

namespace kutip::cli {
namespace {

void write(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

// A line that tells articles apart.
std::string heading(const std::string& id, const PrettyOptions& options) {
  const std::string line = "── " + shortened(printable(id), options.width - 3) + "\n\n";
  return options.color ? escape_sequence({.bold = true}) + line + escape_sequence({}) : line;
}

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  if (name == "pretty") return Format::kPretty;
  if (name == "html") return Format::kHtml;
  if (name == "json") return Format::kJson;
  if (name == "jsonl") return Format::kJsonLines;
  if (name == "spans") return Format::kSpans;
  return std::nullopt;
}

Output::Output(Format format, const PrettyOptions& pretty, std::size_t count, std::string_view title)
    : format_(format), pretty_(pretty), count_(count) {
  if (format_ == Format::kHtml) write(html_head(title));
}

Output::~Output() {
  if (format_ == Format::kHtml) write(html_tail());
  std::fflush(stdout);
}

void Output::add(const Article& article, const v1::AnnotateResponse& response) {
  switch (format_) {
    case Format::kPretty:
      if (written_ > 0) write("\n");
      if (count_ > 1) write(heading(article.id, pretty_));
      write(format_pretty(article.text, response, pretty_));
      break;
    case Format::kHtml:
      write(format_html(article.text, response, written_));
      break;
    case Format::kJson:
      write(format_json(response));
      break;
    case Format::kJsonLines:
      write(format_json_line(response));
      break;
    case Format::kSpans:
      write(format_spans(response));
      break;
  }
  ++written_;
}

}  // namespace kutip::cli
