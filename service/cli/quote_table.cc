#include "service/cli/quote_table.h"

#include <algorithm>
#include <array>
#include <vector>

#include "service/cli/quote_form.h"
#include "service/cli/styled_lines.h"
#include "service/cli/terminal.h"
#include "text/display_width.h"

namespace kutip::cli {
namespace {

constexpr std::size_t kColumns = 5;
using Row = std::array<std::string, kColumns>;  // number, speaker, form, cue, quote
constexpr std::uint32_t kGap = 2;
constexpr std::uint32_t kMaxSpeaker = 28, kMaxCue = 16;

std::string_view slice(std::string_view text, const v1::Span& span) {
  return text.substr(span.begin(), span.end() - span.begin());
}

std::string words(std::string_view text, const v1::Quote& quote) {
  std::string out;
  for (const v1::Fragment& fragment : quote.fragments()) {
    if (!out.empty()) out += " … ";
    out += slice(text, fragment.content());
  }
  if (quote.has_continuation()) out += " + " + std::string(slice(text, quote.continuation()));
  return printable(out);
}

Row make_row(std::string_view text, const v1::Quote& quote, int index) {
  return {std::to_string(index + 1),
          quote.has_attribution() ? shortened(printable(quote.attribution().speaker_name()), kMaxSpeaker) : "–",
          name_of(quote.form()), quote.has_cue() ? shortened(printable(slice(text, quote.cue().span())), kMaxCue) : "–",
          words(text, quote)};
}

std::string format_rows(const std::vector<Row>& rows, const PrettyOptions& options) {
  std::array<std::uint32_t, kColumns> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], text::display_width(row[i]));
  }
  std::uint32_t left = 0;
  for (std::size_t i = 0; i + 1 < kColumns; ++i) left += widths[i] + kGap;
  const std::uint32_t rest = left + 10 < options.width ? options.width - left : 10;

  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i + 1 < kColumns; ++i) line += padded(rows[r][i], widths[i] + kGap);
    line += shortened(rows[r].back(), rest);
    if (options.color && r == 0) line = escape_sequence({.bold = true}) + line + escape_sequence({});
    out += line + '\n';
  }
  return out;
}

std::string organizations(const v1::AnnotateResponse& response, const PrettyOptions& options) {
  std::string list;
  for (const v1::Organization& organization : response.organizations()) {
    if (!list.empty()) list += ", ";
    list += organization.name();
    if (!organization.acronyms().empty() && organization.acronyms(0) != organization.name())
      list += " (" + organization.acronyms(0) + ")";
    if (organization.mentions_size() > 1) list += " ×" + std::to_string(organization.mentions_size());
  }
  StyledLines lines(options.width, options.color);
  lines.add("Organizations: ", {.bold = true});
  lines.add(list, {});
  return lines.finish();
}

std::string warnings(std::string_view text, const v1::AnnotateResponse& response) {
  constexpr int kMost = 5;
  std::string out;
  for (int i = 0; i < std::min(kMost, response.warnings_size()); ++i) {
    const v1::Warning& warning = response.warnings(i);
    out += "Warning: " + warning.message();
    if (warning.has_span()) {
      const auto before = text.substr(0, warning.span().begin());
      out += " (line " + std::to_string(std::count(before.begin(), before.end(), '\n') + 1) + ")";
    }
    out += '\n';
  }
  if (response.warnings_size() > kMost) out += std::to_string(response.warnings_size() - kMost) + " more warnings\n";
  return out;
}

}  // namespace

std::string quote_table(std::string_view text, const v1::AnnotateResponse& response, const PrettyOptions& options) {
  std::string out;
  if (response.quotes().empty()) {
    out = "No quotes.\n";
  } else {
    std::vector<Row> rows = {{"#", "Who", "How", "Cue", "What"}};
    for (int i = 0; i < response.quotes_size(); ++i) rows.push_back(make_row(text, response.quotes(i), i));
    out = format_rows(rows, options);
  }
  if (!response.organizations().empty()) out += '\n' + organizations(response, options);
  if (!response.warnings().empty()) out += '\n' + warnings(text, response);
  return out;
}

}  // namespace kutip::cli
