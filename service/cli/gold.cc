#include "service/cli/gold.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "text/utf8.h"

namespace kutip::cli {
namespace {

using authoring::AnnotatedText;
using authoring::Extent;
using authoring::MarkedName;
using authoring::MarkedQuote;
using nlohmann::json;

// The readers below throw json::exception on what is not as the format has it.

Extent extent(const json& value) {
  return {value.at(0).get<std::uint32_t>(), value.at(1).get<std::uint32_t>()};
}

std::vector<Extent> extents(const json& object, const char* key) {
  std::vector<Extent> out;
  const auto at = object.find(key);
  if (at == object.end() || at->is_null()) return out;
  for (const json& each : *at) out.push_back(extent(each));
  return out;
}

std::string text_or_nothing(const json& object, const char* key) {
  const auto at = object.find(key);
  if (at == object.end() || at->is_null()) return {};
  return at->is_string() ? at->get<std::string>() : at->dump();
}

MarkedQuote quote(const json& object) {
  MarkedQuote out;
  out.kind = text_or_nothing(object, "kind");
  out.fragments = extents(object, "fragments");
  out.cue = extents(object, "cue");
  out.speaker = extents(object, "speaker");
  out.speaker_name = text_or_nothing(object, "speaker_name");
  out.reporting = object.value("reporting", true);
  if (const auto at = object.find("continuation"); at != object.end()) {
    out.says_continuation = true;
    if (!at->is_null()) out.continuation = extent(*at);
  }
  return out;
}

std::optional<std::vector<MarkedName>> names(const json& object, const char* key) {
  if (!object.contains(key)) return std::nullopt;
  std::vector<MarkedName> out;
  for (const Extent& each : extents(object, key)) out.push_back({each, ""});
  return out;
}

// Spans that reach over the text would mean nothing.
bool fits(const AnnotatedText& text) {
  const std::size_t size = text::count_code_points(text.text);
  const auto inside = [&](const Extent& e) { return e.begin <= e.end && e.end <= size; };
  const auto all_inside = [&](const std::vector<Extent>& list) {
    return std::all_of(list.begin(), list.end(), inside);
  };
  for (const MarkedQuote& each : text.quotes.value_or(std::vector<MarkedQuote>()))
    if (!all_inside(each.fragments) || !all_inside(each.cue) || !all_inside(each.speaker) ||
        (each.continuation && !inside(*each.continuation)))
      return false;
  for (const auto* layer : {&text.organizations, &text.persons})
    for (const MarkedName& each : layer->value_or(std::vector<MarkedName>()))
      if (!inside(each.extent)) return false;
  return true;
}

AnnotatedText record(const json& object, std::size_t number) {
  AnnotatedText out;
  out.id = text_or_nothing(object, "id");
  if (out.id.empty()) out.id = std::to_string(number);
  out.language = text_or_nothing(object, "lang");
  out.text = object.at("text").get<std::string>();
  out.organizations = names(object, "organizations");
  out.persons = names(object, "persons");
  if (const auto quotes = object.find("quotes"); quotes != object.end()) {
    out.quotes.emplace();
    for (const json& each : *quotes) out.quotes->push_back(quote(each));
  }
  return out;
}

// What is not as the format has it, without the library's own terms.
std::string reason(const json::exception& error) {
  std::string text = error.what();
  if (const auto* at = dynamic_cast<const json::parse_error*>(&error))
    return "not JSON from byte " + std::to_string(at->byte) + " on";
  if (const std::size_t end = text.find("] "); text.starts_with("[json.exception.") && end != std::string::npos)
    text.erase(0, end + 2);
  return text;
}

}  // namespace

std::variant<std::vector<AnnotatedText>, InputError> read_gold(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return InputError{path + ": " + std::strerror(errno)};
  std::vector<AnnotatedText> out;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string place = path + ":" + std::to_string(number) + ": ";
    try {
      out.push_back(record(json::parse(line), number));
    } catch (const json::exception& error) {
      return InputError{place + reason(error)};
    }
    if (!fits(out.back())) return InputError{place + "a span reaches over the text"};
  }
  if (file.bad()) return InputError{path + ": " + std::strerror(errno)};
  if (out.empty()) return InputError{path + ": no articles in it"};
  return out;
}

}  // namespace kutip::cli
