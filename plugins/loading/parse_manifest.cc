#include "loading/parse_manifest.h"

#include "loading/map_reader.h"
#include "loading/names.h"
#include "loading/node_reader.h"

namespace kutip::loading {
namespace {

std::vector<NeedSpec> parse_needs(const YamlNode& node, Findings& findings) {
  std::vector<NeedSpec> needs;
  if (!expect_map(node, "a mapping of plugins to version ranges", findings)) return needs;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const Name plugin{node.keys[i].text, node.keys[i].where};
    if (const auto versions = read_name(node.items[i], findings)) needs.push_back({plugin, *versions});
  }
  return needs;
}

std::vector<LabelSpec> parse_labels(const YamlNode& node, Findings& findings) {
  std::vector<LabelSpec> labels;
  if (!expect_map(node, "a mapping of labels", findings)) return labels;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    LabelSpec label;
    label.name = {node.keys[i].text, node.keys[i].where};
    MapReader map(node.items[i], "the label", findings, "{title: TEXT}");
    if (!map.ok()) continue;
    label.title = map.prose("title");
    label.internal = map.flag("internal");
    map.finish();
    if (check_name_style(label.name, NameStyle::kLabel, "label", findings)) labels.push_back(std::move(label));
  }
  return labels;
}

void parse_text(const YamlNode& node, ManifestSpec& manifest, Findings& findings) {
  MapReader map(node, "`text`", findings);
  if (!map.ok()) return;
  manifest.abbreviations = map.name("abbreviations");
  manifest.function_words = map.name("function_words");
  if (const YamlNode* suffixes = map.optional("split_suffixes"))
    manifest.split_suffixes = read_name_list(*suffixes, findings);
  map.finish();
}

Names parse_phases(const YamlNode& node, Findings& findings) {
  Names phases = read_names(node, findings);
  for (const Name& phase : phases) check_name_style(phase, NameStyle::kIdentifier, "phase", findings);
  return phases;
}

}  // namespace

void parse_schema(MapReader& map, std::string_view expected) {
  const Name schema = map.required_name("schema");
  if (!schema.given() || schema.value == expected) return;
  Diagnostic& d = map.findings().report(Code::kWrongSchema, schema.where, "unknown schema " + quoted(schema.value));
  d.expected = quoted(expected);
  d.replacement = expected;
}

ManifestSpec parse_manifest(const YamlNode& root, Findings& findings) {
  ManifestSpec manifest;
  MapReader map(root, "the manifest", findings, "schema: kutip.plugin/v1");
  if (!map.ok()) return manifest;
  parse_schema(map, "kutip.plugin/v1");
  manifest.plugin = map.required_name("plugin");
  if (manifest.plugin.given()) check_name_style(manifest.plugin, NameStyle::kRuleId, "plugin", findings);
  manifest.version = map.required_name("version");
  manifest.engine = map.required_name("engine");
  manifest.language = map.required_name("language");
  manifest.title = map.required_name("title");
  if (const YamlNode* names = map.optional("maintainers")) manifest.maintainers = read_name_list(*names, findings);
  manifest.license = map.name("license");
  if (const YamlNode* needs = map.optional("needs")) manifest.needs = parse_needs(*needs, findings);
  if (const YamlNode* phases = map.required("phases")) manifest.phases = parse_phases(*phases, findings);
  if (const YamlNode* files = map.required("files")) manifest.files = read_name_list(*files, findings);
  if (const YamlNode* labels = map.optional("labels")) manifest.labels = parse_labels(*labels, findings);
  if (const YamlNode* text = map.optional("text")) parse_text(*text, manifest, findings);
  map.finish();
  return manifest;
}

}  // namespace kutip::loading
