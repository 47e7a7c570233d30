#include "rule_files.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace kutip::loading {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = R"(schema: kutip.plugin/v1
plugin: p
version: 0.1.0
engine: ">=0.1 <1"
language: id
title: A plugin for tests
phases: [context, speakers, quotes]
files: [base.yaml, rules.yaml]
labels:
  EVENT: {title: An event}
)";

constexpr std::string_view kBase = R"(schema: kutip.rules/v1
plugin: p
lexicons:
  cue: {file: lexicons/cue.tsv, columns: [form, lemma]}
macros:
  comma: {pattern: [{tok: {text: ","}, optional: true}]}
rules:
  - id: speaker.name
    phase: speakers
    pattern: [{tok: {shape: capital}, max: 4, min: 1, as: name}]
    emit: [{type: SPEAKER, span: $name, fields: {name: $name}}]
)";

}  // namespace

std::string file_content(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

std::vector<SourceFile> files_below(const fs::path& folder) {
  std::vector<SourceFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      files.push_back({fs::relative(entry.path(), folder).generic_string(), file_content(entry.path())});
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::vector<SourceFile> plugin_with_rules(std::string_view rules) {
  return {
      {"p/base.yaml", std::string(kBase)},
      {"p/lexicons/cue.tsv", "kata\nmengatakan\tkata\n"},
      {"p/plugin.yaml", std::string(kManifest)},
      {"p/rules.yaml", std::string(rules)},
  };
}

std::string rule_file_with_pattern(std::string_view pattern) {
  return "schema: kutip.rules/v1\nplugin: p\nrules:\n  - id: r\n    phase: quotes\n    pattern: " +
         std::string(pattern) + "\n    emit: [{type: QUOTE, span: $match}]\n";
}

std::string text_of(const LoadResult& result, const std::vector<SourceFile>& files) {
  std::string text;
  for (const Diagnostic& diagnostic : result.diagnostics) text += format_text(diagnostic, files) + "\n";
  return text;
}

std::vector<std::string> codes_of(const LoadResult& result, const std::vector<SourceFile>& files) {
  std::vector<std::string> codes;
  for (const Diagnostic& d : result.diagnostics) {
    std::string code = d.code + " " + files[d.where.file].path;
    if (d.where.line != 0) code += ":" + std::to_string(d.where.line) + ":" + std::to_string(d.where.column);
    codes.push_back(code);
  }
  return codes;
}

}  // namespace kutip::loading
