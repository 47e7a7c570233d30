#include "loading/names.h"

#include <algorithm>
#include <optional>

#include "loading/nearest_name.h"
#include "loading/odd_characters.h"

namespace kutip::loading {
namespace {

constexpr std::size_t kMaxListed = 12;  // names somebody gave; keys are never too many to read
constexpr std::size_t kMaxNameBytes = 100;

// one of `a`, `b`, `c`
std::string one_of(std::span<const std::string> names) {
  if (names.empty()) return {};
  std::string text = names.size() == 1 ? "" : "one of ";
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : ", ") + quoted(names[i]);
  return text;
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool may_start(char c, NameStyle style) {
  return style == NameStyle::kLabel ? is_upper(c) : is_lower(c);
}

bool may_follow(char c, NameStyle style) {
  if (is_digit(c) || c == '_' || may_start(c, style)) return true;
  return style == NameStyle::kRuleId && (c == '.' || c == '-');
}

}  // namespace

Diagnostic& report_unknown(Code code, SourceRange where, std::string_view what, std::string_view name,
                           std::span<const std::string> known, Findings& findings) {
  const bool wanted = findings.wants(code, where);
  Diagnostic& d = findings.report(code, where, "unknown " + std::string(what) + " " + quoted(name));
  if (!wanted) return d;
  if (code == Code::kUnknownKey || known.size() <= kMaxListed) d.expected = one_of(known);
  if (const auto nearest = nearest_name(name, known)) {
    d.help = "did you mean " + quoted(*nearest) + "?";
    d.replacement = *nearest;
  } else if (const auto odd = first_odd_character(name)) {
    d.help = "the name holds the character " + code_point_name(*odd);
  }
  return d;
}

std::string yaml_scalar(std::string_view text) {
  const bool plain = text.size() > 3 && std::all_of(text.begin(), text.end(), [](char c) {
                       return is_lower(c) || is_upper(c) || (c & 0x80) != 0;
                     });
  if (plain && text != "true" && text != "false" && text != "null") return std::string(text);
  std::string quoted_text = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted_text += '\\';
    quoted_text += c;
  }
  return quoted_text + "\"";
}

bool check_name_style(const Name& name, NameStyle style, std::string_view what, Findings& findings) {
  const std::string& text = name.value;
  const bool good = !text.empty() && text.size() <= kMaxNameBytes && may_start(text.front(), style) &&
                    std::all_of(text.begin(), text.end(), [style](char c) { return may_follow(c, style); });
  if (good) return true;
  Diagnostic& d =
      findings.report(Code::kBadName, name.where, quoted(text) + " cannot be the name of a " + std::string(what));
  d.expected = style == NameStyle::kLabel    ? "A-Z, 0-9 and _, starting with a letter"
               : style == NameStyle::kRuleId ? "a-z, 0-9, _, - and full stops, starting with a letter"
                                             : "a-z, 0-9 and _, starting with a letter";
  return false;
}

}  // namespace kutip::loading
