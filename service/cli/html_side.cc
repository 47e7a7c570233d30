#include "service/cli/html_side.h"

#include <algorithm>
#include <vector>

#include "service/cli/html_text.h"
#include "service/cli/marks.h"
#include "service/cli/quote_form.h"
#include "service/cli/terminal.h"

namespace kutip::cli {
namespace {

constexpr std::uint32_t kShownColumns = 150;

const char* kind_name(v1::SpeakerKind kind) {
  switch (kind) {
    case v1::SPEAKER_KIND_PERSON:
      return "person";
    case v1::SPEAKER_KIND_ORGANIZATION:
      return "organization";
    case v1::SPEAKER_KIND_GROUP:
      return "group";
    case v1::SPEAKER_KIND_UNNAMED:
      return "unnamed";
    default:
      return "";
  }
}

int speaker_of(const v1::Quote& quote) {
  return quote.has_attribution() ? static_cast<int>(quote.attribution().speaker_index()) : kNoIndex;
}

// Kind and roles, each role once.
std::string about(const v1::Speaker& speaker) {
  std::vector<std::string> parts = {kind_name(speaker.kind())};
  for (const v1::Role& role : speaker.roles()) {
    if (std::find(parts.begin(), parts.end(), role.span().text()) == parts.end()) parts.push_back(role.span().text());
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " · ") + escape_html(printable(part));
  return out;
}

std::string quote_item(const v1::Quote& quote, int index, std::size_t number) {
  std::string out = "<li><a href=\"#" + quote_anchor(number, index) + "\" data-q=\"" + std::to_string(index) + '"';
  if (quote.has_attribution()) out += " data-s=\"" + std::to_string(speaker_of(quote)) + '"';
  return out + "><span class=\"form\">" + std::to_string(index + 1) + ' ' + name_of(quote.form()) + "</span> " +
         escape_html(shortened(printable(quote.text()), kShownColumns)) + "</a></li>\n";
}

// A speaker, or those quotes that nobody was found for, with the quotes.
std::string card(const v1::AnnotateResponse& response, int speaker, std::size_t number) {
  std::string quotes;
  for (int i = 0; i < response.quotes_size(); ++i) {
    if (speaker_of(response.quotes(i)) == speaker) quotes += quote_item(response.quotes(i), i, number);
  }
  if (quotes.empty() && speaker == kNoIndex) return {};
  std::string out = "<section class=\"speaker " + speaker_class(speaker) + '"';
  if (speaker == kNoIndex) {
    out += "><div class=\"name\">Nobody found</div>";
  } else {
    const v1::Speaker& who = response.speakers(speaker);
    out += " data-s=\"" + std::to_string(speaker) + "\" tabindex=\"0\"><div class=\"name\">" +
           escape_html(printable(who.name())) + "</div><div class=\"about\">" + about(who) + "</div>";
  }
  return out + "<ol>\n" + quotes + "</ol></section>\n";
}

std::string organizations(const v1::AnnotateResponse& response) {
  std::string out = "<h2>Organizations</h2>\n<ul class=\"organizations\">\n";
  for (int i = 0; i < response.organizations_size(); ++i) {
    const v1::Organization& organization = response.organizations(i);
    out += "<li data-o=\"" + std::to_string(i) + "\" tabindex=\"0\"";
    if (!organization.category().empty()) out += " title=\"" + escape_html(organization.category()) + '"';
    out += '>' + escape_html(printable(organization.name()));
    if (!organization.acronyms().empty() && organization.acronyms(0) != organization.name())
      out += " (" + escape_html(organization.acronyms(0)) + ")";
    if (organization.mentions_size() > 1) out += " ×" + std::to_string(organization.mentions_size());
    out += "</li>\n";
  }
  return out + "</ul>\n";
}

std::string warnings(const v1::AnnotateResponse& response) {
  constexpr int kMost = 20;
  std::string out = "<h2>Warnings</h2>\n<ul class=\"warnings\">\n";
  for (int i = 0; i < std::min(kMost, response.warnings_size()); ++i)
    out += "<li>" + escape_html(response.warnings(i).message()) + "</li>\n";
  if (response.warnings_size() > kMost)
    out += "<li>" + std::to_string(response.warnings_size() - kMost) + " more</li>\n";
  return out + "</ul>\n";
}

constexpr const char* kLegend =
    "<h2>Legend</h2>\n<div class=\"legend\"><span class=\"q direct\">direct</span> <span class=\"q indirect\">indirect"
    "</span> <span class=\"q mixed\">mixed</span> <span class=\"more\">continued</span> <span class=\"cue\">cue</span> "
    "<span class=\"who\">speaker</span> <span class=\"org\">organization</span> <span class=\"person\">person</span>"
    "</div>\n<p class=\"facts\">Point at, tab to or click a quote or a speaker; Escape lets go.</p>\n";

}  // namespace

std::string html_side(const v1::AnnotateResponse& response, std::size_t number) {
  std::string out;
  if (!response.quotes().empty()) {
    out += "<h2>Who said what</h2>\n";
    for (int i = 0; i < response.speakers_size(); ++i) out += card(response, i, number);
    out += card(response, kNoIndex, number);
  }
  if (!response.organizations().empty()) out += organizations(response);
  if (!response.warnings().empty()) out += warnings(response);
  return out + kLegend;
}

}  // namespace kutip::cli
