#include <string>
#include <vector>

#include "service/cli/format.h"
#include "service/cli/marks.h"
#include "service/cli/quote_table.h"
#include "service/cli/styled_lines.h"

namespace kutip::cli {
namespace {

enum Color : std::uint8_t { kGreen = 32, kYellow = 33, kMagenta = 35, kCyan = 36, kBrightBlue = 94 };

// Lines of running text are easier to read when they are not too long.
constexpr std::uint32_t kTextWidth = 100;

Style form_style(v1::QuoteForm form) {
  Style style;
  style.color = form == v1::QUOTE_FORM_DIRECT ? kGreen : form == v1::QUOTE_FORM_INDIRECT ? kCyan : kBrightBlue;
  return style;
}

// The style inside a mark that stands in text of style `outer`.
Style style_inside(const Mark& mark, const v1::AnnotateResponse& response, Style outer) {
  switch (mark.kind) {
    case MarkKind::kQuote:
      return form_style(response.quotes(mark.quote).form());
    case MarkKind::kContinuation:
      outer = form_style(response.quotes(mark.quote).form());
      outer.dim = true;
      return outer;
    case MarkKind::kCue:
      return {.color = kYellow};
    case MarkKind::kSpeaker:
      return {.color = kMagenta, .bold = true};
    case MarkKind::kPerson:
      outer.bold = true;
      return outer;
    case MarkKind::kOrganization:
    case MarkKind::kLabel:
      outer.underline = true;
      return outer;
  }
  return outer;
}

struct Brackets {
  std::string open, close;
};

Brackets brackets(const Mark& mark) {
  switch (mark.kind) {
    case MarkKind::kQuote:
      return {"[" + std::to_string(mark.quote + 1) + " ", "]"};
    case MarkKind::kContinuation:
      return {"[" + std::to_string(mark.quote + 1) + "+ ", "]"};
    case MarkKind::kCue:
      return {"/", "/"};
    case MarkKind::kSpeaker:
      return {"{", "}"};
    case MarkKind::kOrganization:
      return {"<", ">"};
    case MarkKind::kPerson:
      return {"_", "_"};
    case MarkKind::kLabel:
      return {"|", "|"};
  }
  return {};
}

std::string superscript(int number) {
  static const char* const kDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out;
  for (const char digit : std::to_string(number)) out += kDigits[digit - '0'];
  return out;
}

// The article with its marks: colours and quote numbers as footnotes, or brackets.
std::string marked_text(std::string_view text, const v1::AnnotateResponse& response, const PrettyOptions& options) {
  const std::vector<Mark> marks = collect_marks(response);
  StyledLines lines(std::min(options.width, kTextWidth), options.color);
  std::vector<Style> styles = {{}};
  std::size_t done = 0;
  for (const Edge& edge : nest(marks)) {
    lines.add(text.substr(done, edge.at - done), styles.back());
    done = edge.at;
    const Mark& mark = marks[edge.mark];
    if (edge.opens) styles.push_back(style_inside(mark, response, styles.back()));
    if (!options.color && edge.outermost) {
      lines.add_unbroken(edge.opens ? brackets(mark).open : brackets(mark).close, {});
    } else if (options.color && !edge.opens && mark.last_fragment && edge.outermost) {
      lines.add_unbroken(superscript(mark.quote + 1), styles.back());
    }
    if (!edge.opens) styles.pop_back();
  }
  lines.add(text.substr(done), {});
  return lines.finish();
}

std::string legend(const PrettyOptions& options) {
  StyledLines lines(options.width, options.color);
  const auto add = [&](std::string_view name, const Style& style, std::string_view bracketed) {
    if (options.color) {
      lines.add_unbroken(name, style);
    } else {
      lines.add_unbroken(bracketed, {});
    }
    lines.add("  ", {});
  };
  if (options.color) {
    add("direct", form_style(v1::QUOTE_FORM_DIRECT), {});
    add("indirect", form_style(v1::QUOTE_FORM_INDIRECT), {});
    add("mixed", form_style(v1::QUOTE_FORM_MIXED), {});
    Style goes_on = form_style(v1::QUOTE_FORM_INDIRECT);
    goes_on.dim = true;
    add("continued", goes_on, {});
  } else {
    add({}, {}, "[1 quote]");
    add({}, {}, "[1+ continued]");
  }
  add("cue", {.color = kYellow}, "/cue/");
  add("speaker", {.color = kMagenta, .bold = true}, "{speaker}");
  add("organization", {.underline = true}, "<organization>");
  add("person", {.bold = true}, "_person_");
  return lines.finish();
}

}  // namespace

std::string format_pretty(std::string_view text, const v1::AnnotateResponse& response, const PrettyOptions& options) {
  std::string out = marked_text(text, response, options);
  out += '\n';
  out += quote_table(text, response, options);
  out += '\n';
  out += legend(options);
  return out;
}

}  // namespace kutip::cli
