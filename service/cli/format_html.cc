#include <algorithm>
#include <string>
#include <vector>

#include "service/cli/format.h"
#include "service/cli/html_side.h"
#include "service/cli/html_text.h"
#include "service/cli/marks.h"
#include "service/cli/page.h"

namespace kutip::cli {
namespace {

const char* form_class(v1::QuoteForm form) {
  switch (form) {
    case v1::QUOTE_FORM_DIRECT:
      return "direct";
    case v1::QUOTE_FORM_MIXED:
      return "mixed";
    default:
      return "indirect";
  }
}

// The start tag of a mark, or of one of its pieces. Only whole quotes can be tabbed to, and jumped to from the list.
std::string start_tag(const Mark& mark, const v1::AnnotateResponse& response, std::size_t number, bool first_piece) {
  std::string classes, attributes;
  switch (mark.kind) {
    case MarkKind::kQuote: {
      classes = std::string("q ") + form_class(response.quotes(mark.quote).form());
      const bool begins = first_piece && response.quotes(mark.quote).span().begin() == mark.begin;
      if (begins) attributes = " tabindex=\"0\" id=\"" + quote_anchor(number, mark.quote) + '"';
      break;
    }
    case MarkKind::kContinuation:
      classes = "more";
      break;
    case MarkKind::kCue:
      classes = "cue";
      break;
    case MarkKind::kSpeaker:
      classes = "who";
      break;
    case MarkKind::kPerson:
      classes = "person";
      break;
    case MarkKind::kOrganization:
      classes = "org";
      break;
    case MarkKind::kLabel:
      classes = "label";
      break;
  }
  if (mark.quote != kNoIndex || mark.speaker != kNoIndex) classes += ' ' + speaker_class(mark.speaker);
  // A mention belongs to its speaker, and so to all of the speaker's quotes.
  if (mark.quote != kNoIndex && mark.kind != MarkKind::kSpeaker)
    attributes += " data-q=\"" + std::to_string(mark.quote) + '"';
  if (mark.speaker != kNoIndex) attributes += " data-s=\"" + std::to_string(mark.speaker) + '"';
  if (mark.organization != kNoIndex) attributes += " data-o=\"" + std::to_string(mark.organization) + '"';
  if (mark.label != kNoIndex) attributes += " title=\"" + escape_html(response.labels(mark.label).type()) + '"';
  return "<span class=\"" + classes + '"' + attributes + '>';
}

std::string marked_text(std::string_view text, const v1::AnnotateResponse& response, std::size_t number) {
  const std::vector<Mark> marks = collect_marks(response);
  std::string out;
  std::size_t done = 0;
  for (const Edge& edge : nest(marks)) {
    out += escape_html(text.substr(done, edge.at - done));
    done = edge.at;
    const Mark& mark = marks[edge.mark];
    if (edge.opens) {
      out += start_tag(mark, response, number, edge.outermost);
    } else {
      if (mark.last_fragment && edge.outermost)
        out += "<span class=\"number\" aria-hidden=\"true\">" + std::to_string(mark.quote + 1) + "</span>";
      out += "</span>";
    }
  }
  return out + escape_html(text.substr(done));
}

std::string counted(int count, const char* noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

}  // namespace

std::string html_head(std::string_view title) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escape_html(title) + " – Kutip</title>\n<style>\n" + kPageStyle + "</style>\n</head>\n<body>\n";
}

std::string html_tail() {
  return std::string("<script>\n") + kPageScript + "</script>\n</body>\n</html>\n";
}

std::string format_html(std::string_view text, const v1::AnnotateResponse& response, std::size_t number) {
  return "<main class=\"document\">\n<header><h1>" + escape_html(response.document_id()) +
         "</h1><span class=\"facts\">" + counted(response.quotes_size(), "quote") + " · " +
         counted(response.speakers_size(), "speaker") + " · " + counted(response.organizations_size(), "organization") +
         " · language " + escape_html(response.language_code()) + "</span></header>\n<article class=\"text\" lang=\"" +
         escape_html(response.language_code()) + "\">" + marked_text(text, response, number) + "</article>\n<aside>\n" +
         html_side(response, number) + "</aside>\n</main>\n";
}

}  // namespace kutip::cli
