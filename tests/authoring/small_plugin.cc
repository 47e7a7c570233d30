#include "small_plugin.h"

#include <gtest/gtest.h>

namespace kutip::authoring {
namespace {

constexpr std::string_view kManifest = R"(schema: kutip.plugin/v1
plugin: p
version: 0.1.0
engine: ">=0.1 <1"
language: id
title: A plugin for tests
phases: [speakers, quotes]
files: [rules.yaml]
labels:
  EVENT: {title: An event}
)";

constexpr std::string_view kRules = R"(schema: kutip.rules/v1
plugin: p
lexicons:
  cue: {words: [kata, ujar]}
rules:
  - id: speaker
    phase: speakers
    pattern:
      - {tok: {lex: cue}}
      - {tok: {shape: capital}, min: 1, max: 3, as: name}
    emit: [{type: SPEAKER, span: $name, fields: {name: $name}}]
    tests:
      - text: |-
          “Siap,” kata [[name|Rini Wulandari]].
      - none: true
        text: “Siap,” kata dia.
  - id: quote
    phase: quotes
    pattern:
      - {anno: QUOTED, as: quote}
      - {lex: cue, as: cue, anchor: true}
      - {anno: SPEAKER, as: speaker}
    suppress_when:
      - {id: film, where: before, pattern: [{tok: {lower: film}}]}
    emit: [{type: QUOTE, span: $quote, fields: {cue: $cue, speaker: $speaker}}]
    tests:
      - text: |-
          [[quote|“Harga beras turun,”]] [[cue|kata]] [[speaker|Budi]].
      - none: true
        text: |-
          Film “Laskar Senja” kata Budi bagus.
)";

}  // namespace

std::vector<loading::SourceFile> plugin_with(std::string_view rules) {
  return {{"p/plugin.yaml", std::string(kManifest)}, {"p/rules.yaml", std::string(rules)}};
}

std::vector<loading::SourceFile> small_plugin() {
  return plugin_with(kRules);
}

std::shared_ptr<const tagging::RuleSet> load_good(const std::vector<loading::SourceFile>& files) {
  loading::LoadResult result = loading::load(files);
  for (const loading::Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity == loading::Severity::kError) ADD_FAILURE() << loading::format_text(diagnostic, files);
  return result.rules;
}

}  // namespace kutip::authoring
