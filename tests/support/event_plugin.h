#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kutip::support {

// Path and content of each file of a plugin `t` with one rule, which labels `word` in Indonesian texts, and one test,
// which wants `tested` to be labelled. In YAML a `]` in `word` is a mistake on line 4 of t/rules.yaml.
inline std::vector<std::pair<std::string, std::string>> event_plugin(const std::string& word,
                                                                     const std::string& tested) {
  const std::string manifest =
      "schema: kutip.plugin/v1\nplugin: t\nversion: 1.0.0\nengine: \">=0.1 <1\"\nlanguage: id\ntitle: Events\n"
      "maintainers: [kutip]\nlicense: Apache-2.0\nneeds: {}\nphases: [labels]\nfiles: [rules.yaml]\n"
      "labels:\n  EVENT: {title: Event}\n";
  const std::string rules = "schema: kutip.rules/v1\nplugin: t\nlexicons:\n  event: {words: [" + word +
                            "]}\nrules:\n"
                            "  - id: event.known\n    phase: labels\n    pattern: [{lex: event, as: event}]\n"
                            "    emit:\n      - {type: EVENT, span: $event, fields: {value: festival}}\n    tests:\n"
                            "      - {name: found, text: \"Hari ini [[event|" +
                            tested + "]] dibuka.\"}\n";
  return {{"t/plugin.yaml", manifest}, {"t/rules.yaml", rules}};
}

}  // namespace kutip::support
