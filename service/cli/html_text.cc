#include "service/cli/html_text.h"

namespace kutip::cli {

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\0':
        out += "\uFFFD";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string quote_anchor(std::size_t document, int quote) {
  return "d" + std::to_string(document) + "q" + std::to_string(quote);
}

std::string speaker_class(int speaker) {
  constexpr int kColors = 8;  // in page/style.css
  return speaker < 0 ? "sx" : "s" + std::to_string(speaker % kColors);
}

}  // namespace kutip::cli
