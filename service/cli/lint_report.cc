#include "service/cli/lint_report.h"

#include <nlohmann/json.hpp>

#include "loading/diagnostic_codes.h"
#include "service/version.h"

namespace kutip::cli {
namespace {

using loading::Diagnostic;
using loading::SourceFile;
using loading::SourceRange;
using Json = nlohmann::ordered_json;

const char* severity_name(loading::Severity severity) {
  return severity == loading::Severity::kError ? "error" : "warning";
}

Json place(const SourceRange& where, std::span<const SourceFile> files) {
  Json out = {{"file", where.file < files.size() ? files[where.file].path : ""}};
  if (where.line == 0) return out;
  out["line"] = where.line;
  out["column"] = where.column;
  out["end_column"] = where.end_column;
  return out;
}

Json as_json(const Diagnostic& d, std::span<const SourceFile> files) {
  Json out = {{"severity", severity_name(d.severity)}, {"code", d.code}, {"message", d.message}};
  out.update(place(d.where, files));
  if (!d.expected.empty()) out["expected"] = d.expected;
  if (!d.help.empty()) out["help"] = d.help;
  if (!d.replacement.empty()) out["replacement"] = d.replacement;
  for (const auto& [where, note] : d.related) {
    Json related = place(where, files);
    related["note"] = note;
    out["related"].push_back(related);
  }
  return out;
}

Json region(const SourceRange& where) {
  return {{"startLine", where.line}, {"startColumn", where.column}, {"endColumn", where.end_column}};
}

Json physical(const SourceRange& where, std::span<const SourceFile> files) {
  Json out = {{"artifactLocation", {{"uri", where.file < files.size() ? files[where.file].path : ""}}}};
  if (where.line != 0) out["region"] = region(where);
  return out;
}

Json as_sarif(const Diagnostic& d, std::span<const SourceFile> files) {
  std::string text = d.message;
  if (!d.expected.empty()) text += "; expected: " + d.expected;
  if (!d.help.empty()) text += "; " + d.help;
  Json out = {{"ruleId", d.code}, {"level", severity_name(d.severity)}, {"message", {{"text", text}}}};
  out["locations"] = Json::array({{{"physicalLocation", physical(d.where, files)}}});
  for (const auto& [where, note] : d.related)
    out["relatedLocations"].push_back({{"physicalLocation", physical(where, files)}, {"message", {{"text", note}}}});
  if (!d.replacement.empty() && d.where.line != 0) {
    const Json change = {
        {"artifactLocation", {{"uri", files[d.where.file].path}}},
        {"replacements",
         Json::array({{{"deletedRegion", region(d.where)}, {"insertedContent", {{"text", d.replacement}}}}})}};
    out["fixes"] = Json::array({{{"artifactChanges", Json::array({change})}}});
  }
  return out;
}

// What is not UTF-8 in a message (a quoted name may be) becomes U+FFFD.
std::string text_of(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string lint_json(std::span<const Diagnostic> diagnostics, std::span<const SourceFile> files) {
  Json out = {{"diagnostics", Json::array()}};
  for (const Diagnostic& each : diagnostics) out["diagnostics"].push_back(as_json(each, files));
  return text_of(out);
}

std::string lint_sarif(std::span<const Diagnostic> diagnostics, std::span<const SourceFile> files) {
  Json codes = Json::array();
  for (const loading::CodeInfo& code : loading::all_codes())
    codes.push_back({{"id", code.id}, {"shortDescription", {{"text", code.title}}}});
  Json results = Json::array();
  for (const Diagnostic& each : diagnostics) results.push_back(as_sarif(each, files));
  const Json run = {{"tool", {{"driver", {{"name", "kutip"}, {"version", service::kVersion}, {"rules", codes}}}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"results", results}};
  return text_of({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                  {"version", "2.1.0"},
                  {"runs", Json::array({run})}});
}

}  // namespace kutip::cli
