#include "service/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "text/display_width.h"
#include "text/utf8.h"

namespace kutip::cli {
namespace {

// U+2400 and following, the control pictures.
void append_picture(std::string& out, unsigned control) {
  const unsigned picture = control == 0x7F ? 0x21 : control;
  out += "\xE2\x90";
  out += static_cast<char>(0x80 + picture);
}

}  // namespace

std::uint32_t terminal_width(int fd) {
  constexpr std::uint32_t kUsual = 80, kLeast = 40;
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return std::max<std::uint32_t>(kLeast, size.ws_col);
  const char* columns = std::getenv("COLUMNS");
  const long given = columns != nullptr ? std::strtol(columns, nullptr, 10) : 0;
  return given > 0 && given < 10'000 ? std::max(kLeast, static_cast<std::uint32_t>(given)) : kUsual;
}

bool wants_color(int fd) {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* term = std::getenv("TERM");
  return isatty(fd) != 0 && (term == nullptr || std::string_view(term) != "dumb");
}

std::string escape_sequence(const Style& style) {
  std::string out = "\x1b[0";
  if (style.bold) out += ";1";
  if (style.dim) out += ";2";
  if (style.underline) out += ";4";
  if (style.color != 0) out += ";" + std::to_string(style.color);
  return out + "m";
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint next = text::code_point_at(text, at);
    if (next.value == '\n' || next.value == '\t' || next.value == '\r') {
      out += ' ';
    } else if (next.value < 0x20 || next.value == 0x7F) {
      append_picture(out, static_cast<unsigned>(next.value));
    } else if (next.value >= 0x80 && next.value < 0xA0) {
      out += "\uFFFD";
    } else {
      out += text.substr(at, next.size);
    }
    at += next.size;
  }
  return out;
}

std::string shortened(std::string_view text, std::uint32_t columns) {
  std::uint32_t used = 0;
  std::size_t fits = 0;  // bytes that leave a column for the …
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint next = text::code_point_at(text, at);
    used += text::display_width(next.value);
    if (used > columns) return std::string(text.substr(0, fits)) + "…";
    at += next.size;
    if (used < columns) fits = at;
  }
  return std::string(text);
}

std::string padded(std::string text, std::uint32_t columns) {
  const std::uint32_t used = text::display_width(text);
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

}  // namespace kutip::cli
