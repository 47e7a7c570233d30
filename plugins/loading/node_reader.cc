#include "loading/node_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "loading/names.h"

namespace kutip::loading {
namespace {

using Kind = YamlNode::Kind;
using Style = YamlNode::Style;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string kind_name(const YamlNode& node) {
  switch (node.kind) {
    case Kind::kNull:
      return node.text.empty() ? "nothing" : quoted(node.text) + ", which is YAML's word for nothing,";
    case Kind::kList:
      return "a list";
    case Kind::kMap:
      return "a mapping";
    default:
      return node.is_plain() ? "a plain value" : "a text";
  }
}

// Where a mapping belongs: `a:b`, the usual slip.
void hint_missing_space(const YamlNode& node, Diagnostic& d) {
  const std::size_t colon = node.kind == Kind::kScalar && node.is_plain() ? node.text.find(':') : std::string::npos;
  if (colon == std::string::npos || colon + 1 == node.text.size()) return;
  d.help = "a space must follow the colon of a key";
  if (node.style == Style::kPlain) d.replacement = node.text.substr(0, colon + 1) + " " + node.text.substr(colon + 1);
}

// True if the node is of the kind; silent for values that are reported already.
bool expect_kind(const YamlNode& node, Kind kind, std::string_view expected, Findings& findings,
                 std::string_view example = {}) {
  if (node.kind == kind) return true;
  if (node.kind == Kind::kBad) return false;
  Diagnostic& d =
      findings.report(Code::kWrongKind, node.where, kind_name(node) + " where " + std::string(expected) + " belongs");
  d.expected = example.empty() ? std::string(expected) : "keys and values, like " + std::string(example);
  if (kind == Kind::kMap) hint_missing_space(node, d);
  if (kind == Kind::kScalar && node.kind == Kind::kNull && !node.text.empty()) {
    d.help = "put it in quotes if it is meant as a text";
    d.replacement = "\"" + node.text + "\"";
  }
  return false;
}

// YAML 1.1's booleans (yes, Off, N), which other YAML readers see in place of a word.
bool reads_as_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords = {"true", "false", "yes", "no", "on", "off", "y", "n"};
  std::string folded(text);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  const bool one_case = text == folded || text.substr(1) == std::string_view(folded).substr(1) ||
                        std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return one_case && std::find(kWords.begin(), kWords.end(), folded) != kWords.end();
}

// Numbers of YAML 1.1 and 1.2: 12, -3.5, 1_000, 0x1F, 1e5, .inf
bool reads_as_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF" || text == ".nan" || text == ".NaN" || text == ".NAN")
    return true;
  if (text.starts_with("0x") || text.starts_with("0o"))
    return text.size() > 2 && text.find_first_not_of("0123456789abcdefABCDEF_", 2) == std::string_view::npos;
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos) {
    std::string_view digits = text.substr(exponent + 1);
    if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return false;
    text = text.substr(0, exponent);
  }
  return !text.empty() && std::any_of(text.begin(), text.end(), is_digit) && text.front() != '_' &&
         std::count(text.begin(), text.end(), '.') <= 1 &&
         text.find_first_not_of("0123456789._") == std::string_view::npos;
}

bool check_quotes(const YamlNode& node, Findings& findings) {
  if (!node.is_plain()) return true;
  const bool boolean = reads_as_boolean(node.text);
  if (!boolean && !reads_as_number(node.text)) return true;
  Diagnostic& d = findings.report(
      Code::kNeedsQuotes, node.where,
      quoted(node.text) + " is a " + (boolean ? "boolean" : "number") + " for YAML, and a text belongs here");
  d.expected = "the text in quotes";
  d.help = "put it in quotes";
  d.replacement = "\"" + node.text + "\"";
  return false;
}

bool check_one_line(const YamlNode& node, Findings& findings) {
  if (node.style == Style::kPlain || node.style == Style::kQuoted) {
    if (node.text.find_first_of("\n\r") == std::string::npos) return true;
  }
  Diagnostic& d = findings.report(Code::kSeveralLines, node.where, "a text of several lines where one line belongs");
  d.expected = "a plain or quoted text on one line";
  if (node.style == Style::kPlainLines)
    d.help = "the next line was read as part of this value; check its indentation and a missing `]`, `}` or `,`";
  return false;
}

void report_not_integer(const YamlNode& node, Findings& findings) {
  Diagnostic& d = findings.report(Code::kNotInteger, node.where, quoted(node.text) + " is not a whole decimal number");
  d.expected = "digits without quotes, leading zeros, signs or separators, like 12";
  std::string digits;
  for (const char c : node.text)
    if (is_digit(c)) digits += c;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  const bool clear =
      node.text.find_first_not_of("0123456789_}]") == std::string::npos && !digits.empty() && digits.size() < 9;
  if (!clear) return;
  d.help = "write " + quoted(digits);
  d.replacement = digits;
}

}  // namespace

bool expect_list(const YamlNode& node, std::string_view expected, Findings& findings) {
  return expect_kind(node, Kind::kList, expected, findings);
}

bool expect_map(const YamlNode& node, std::string_view expected, Findings& findings, std::string_view example) {
  return expect_kind(node, Kind::kMap, expected, findings, example);
}

std::optional<Name> read_name(const YamlNode& node, Findings& findings) {
  if (!expect_kind(node, Kind::kScalar, "a text", findings)) return std::nullopt;
  if (!check_one_line(node, findings) || !check_quotes(node, findings)) return std::nullopt;
  if (!node.text.empty()) return Name{node.text, node.where};
  findings.report(Code::kEmptyValue, node.where, "an empty text").expected = "at least one character";
  return std::nullopt;
}

std::string read_prose(const YamlNode& node, Findings& findings) {
  if (!expect_kind(node, Kind::kScalar, "a text", findings) || !check_quotes(node, findings)) return {};
  return node.text;
}

std::optional<bool> read_bool(const YamlNode& node, Findings& findings) {
  if (!expect_kind(node, Kind::kScalar, "`true` or `false`", findings)) return std::nullopt;
  if (node.is_plain() && (node.text == "true" || node.text == "false")) return node.text == "true";
  Diagnostic& d = findings.report(Code::kNotBoolean, node.where,
                                  (node.is_plain() ? "" : "the text ") + quoted(node.text) + " is not a boolean");
  d.expected = "`true` or `false`, in small letters, without quotes";
  static constexpr std::array<std::string_view, 10> kYes = {"yes", "Yes", "YES", "y",    "Y",
                                                            "on",  "On",  "ON",  "True", "TRUE"};
  static constexpr std::array<std::string_view, 10> kNo = {"no",  "No",  "NO",  "n",     "N",
                                                           "off", "Off", "OFF", "False", "FALSE"};
  if (node.text == "true" || std::find(kYes.begin(), kYes.end(), node.text) != kYes.end()) d.replacement = "true";
  if (node.text == "false" || std::find(kNo.begin(), kNo.end(), node.text) != kNo.end()) d.replacement = "false";
  if (!d.replacement.empty()) d.help = "write " + quoted(d.replacement);
  return std::nullopt;
}

std::optional<int> read_int(const YamlNode& node, int least, int greatest, Findings& findings) {
  if (!expect_kind(node, Kind::kScalar, "a whole number", findings)) return std::nullopt;
  const std::string_view text = node.text;
  const std::string_view digits = least < 0 && text.starts_with('-') ? text.substr(1) : text;
  const bool decimal = !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit) &&
                       (digits.size() == 1 || digits.front() != '0');
  if (!node.is_plain() || !decimal) {
    report_not_integer(node, findings);
    return std::nullopt;
  }
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && value >= least && value <= greatest) return value;
  Diagnostic& d = findings.report(Code::kOutOfRange, node.where, quoted(node.text) + " is out of range");
  d.expected = std::to_string(least) + " to " + std::to_string(greatest);
  return std::nullopt;
}

std::optional<float> read_fraction(const YamlNode& node, Findings& findings) {
  if (!expect_kind(node, Kind::kScalar, "a number from 0 to 1", findings)) return std::nullopt;
  float value = -1;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value, std::chars_format::fixed);
  if (node.is_plain() && error == std::errc() && stop == end && value >= 0 && value <= 1) return value;
  Diagnostic& d = findings.report(Code::kOutOfRange, node.where, quoted(node.text) + " is not a number from 0 to 1");
  d.expected = "a decimal number without quotes, like 0.8";
  return std::nullopt;
}

Names read_name_list(const YamlNode& node, Findings& findings) {
  Names names;
  if (!expect_list(node, "a list of texts", findings)) return names;
  for (const YamlNode& item : node.items)
    if (auto name = read_name(item, findings)) names.push_back(*std::move(name));
  return names;
}

Names read_names(const YamlNode& node, Findings& findings) {
  if (node.kind != Kind::kList) {
    const std::optional<Name> name = read_name(node, findings);
    return name ? Names{*name} : Names{};
  }
  if (node.items.empty())
    findings.report(Code::kEmptyValue, node.where, "an empty list").expected = "at least one item";
  return read_name_list(node, findings);
}

std::optional<std::size_t> read_choice(const YamlNode& node, std::span<const std::string_view> values,
                                       Findings& findings) {
  const std::optional<Name> name = read_name(node, findings);
  if (!name) return std::nullopt;
  const auto at = std::find(values.begin(), values.end(), name->value);
  if (at != values.end()) return static_cast<std::size_t>(at - values.begin());
  const std::vector<std::string> known(values.begin(), values.end());
  report_unknown(Code::kUnknownValue, name->where, "value", name->value, known, findings);
  return std::nullopt;
}

}  // namespace kutip::loading
