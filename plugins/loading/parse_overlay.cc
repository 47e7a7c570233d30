#include "loading/parse_overlay.h"

#include <algorithm>
#include <array>

#include "loading/map_reader.h"
#include "loading/names.h"
#include "loading/node_reader.h"
#include "loading/parse_manifest.h"
#include "loading/parse_rule.h"

namespace kutip::loading {
namespace {

constexpr std::array<std::string_view, 5> kAppendable = {"suppress_when", "check", "emit", "alias", "tests"};

ExpirySetting parse_expires(MapReader& map, Findings& findings) {
  const Name text = map.name("expires");
  if (!text.given()) return {};
  const auto date = parse_date(text.value);
  if (!date)
    findings.report(Code::kBadDate, text.where, quoted(text.value) + " is not a date").expected =
        "YYYY-MM-DD, the last day on which the change is wanted";
  return {date, text.where};
}

ChangeReason parse_reason(MapReader& map, Findings& findings) {
  ChangeReason why;
  if (const YamlNode* reason = map.required("reason")) {
    why.reason = read_prose(*reason, findings);
    if (why.reason.empty() && reason->text.empty() && reason->kind == YamlNode::Kind::kScalar)
      findings.report(Code::kEmptyValue, reason->where, "a change without a reason");
  }
  why.expires = parse_expires(map, findings);
  return why;
}

// Reads `replace` or `append` into `rule`; answers the keys that stand there.
Names parse_part(const YamlNode& node, std::string_view what, const SourceText& source, RuleSpec& rule,
                 Findings& findings) {
  MapReader map(node, what, findings);
  if (!map.ok()) return {};
  parse_rule_keys(map, source, rule, findings);
  map.finish();
  Names keys;
  for (const YamlNode::Key& key : node.keys) keys.push_back({key.text, key.where});
  return keys;
}

void check_appendable(const Names& keys, Findings& findings) {
  for (const Name& key : keys) {
    if (std::find(kAppendable.begin(), kAppendable.end(), key.value) != kAppendable.end()) continue;
    Diagnostic& d = findings.report(Code::kKeysExclude, key.where, "nothing can be appended to " + quoted(key.value));
    d.expected = "`suppress_when`, `check`, `emit`, `alias` or `tests`";
    d.help = "put it under `replace`";
  }
}

void check_changes_something(MapReader& map, std::span<const std::string_view> keys, Findings& findings) {
  for (const std::string_view key : keys)
    if (map.has(key)) return;
  std::string expected = "one of";
  for (const std::string_view key : keys) expected += (key == keys.front() ? " " : ", ") + quoted(key);
  findings.report(Code::kMissingKey, map.node().where, "a change that changes nothing").expected = expected;
}

RuleChangeSpec parse_rule_change(MapReader& map, const SourceText& source, Findings& findings) {
  static constexpr std::array<std::string_view, 3> kKeys = {"disable", "replace", "append"};
  RuleChangeSpec change;
  change.where = map.node().where;
  change.rule = map.required_name("rule");
  change.disable = map.flag("disable");
  if (const YamlNode* replace = map.optional("replace"))
    change.replaced = parse_part(*replace, "`replace`", source, change.replace, findings);
  if (const YamlNode* append = map.optional("append"))
    change.appended = parse_part(*append, "`append`", source, change.append, findings);
  check_appendable(change.appended, findings);
  change.why = parse_reason(map, findings);
  map.finish();
  check_changes_something(map, kKeys, findings);
  if (change.disable && (map.has("replace") || map.has("append")))
    findings.report(Code::kKeysExclude, map.key_range("disable"), "a rule that is switched off and changed").help =
        "keep `disable`, or the other changes";
  return change;
}

std::optional<AddedEntry> parse_added(const YamlNode& node, Findings& findings) {
  AddedEntry entry;
  if (node.kind != YamlNode::Kind::kMap) {
    const auto form = read_name(node, findings);
    if (!form) return std::nullopt;
    entry.form = *form;
    return entry;
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const auto value = read_name(node.items[i], findings);
    if (!value) continue;
    if (node.keys[i].text == "form")
      entry.form = *value;
    else
      entry.columns.emplace_back(Name{node.keys[i].text, node.keys[i].where}, *value);
  }
  if (entry.form.given()) return entry;
  findings.report(Code::kEmptyForm, node.where, "an entry without a form").expected = "`form`";
  return std::nullopt;
}

LexiconChangeSpec parse_lexicon_change(MapReader& map, std::string_view folder, Findings& findings) {
  static constexpr std::array<std::string_view, 3> kKeys = {"add", "remove", "file"};
  LexiconChangeSpec change;
  change.where = map.node().where;
  change.lexicon = map.required_name("lexicon");
  if (const YamlNode* added = map.optional("add"))
    if (expect_list(*added, "a list of entries", findings))
      for (const YamlNode& item : added->items)
        if (auto entry = parse_added(item, findings)) change.added.push_back(*std::move(entry));
  if (const YamlNode* removed = map.optional("remove")) change.removed = read_names(*removed, findings);
  change.file = map.name("file");
  if (change.file.given() && !folder.empty()) change.file.value = std::string(folder) + "/" + change.file.value;
  change.why = parse_reason(map, findings);
  map.finish();
  check_changes_something(map, kKeys, findings);
  return change;
}

void parse_change(const YamlNode& node, const SourceText& source, std::string_view folder, OverlaySpec& overlay,
                  Findings& findings) {
  MapReader map(node, "the change", findings);
  if (!map.ok()) return;
  if (map.has("rule") == map.has("lexicon")) {
    Diagnostic& d = findings.report(Code::kKeysExclude, node.where, "a change of one rule or of one lexicon");
    d.expected = "either `rule` or `lexicon`";
  } else if (map.has("rule")) {
    overlay.rules.push_back(parse_rule_change(map, source, findings));
  } else {
    overlay.lexicons.push_back(parse_lexicon_change(map, folder, findings));
  }
}

void parse_base(const YamlNode& node, OverlaySpec& overlay, Findings& findings) {
  MapReader map(node, "`base`", findings, "{plugin: NAME, version: \">=0.1 <1\"}");
  if (!map.ok()) return;
  overlay.base = map.required_name("plugin");
  overlay.base_versions = map.required_name("version");
  map.finish();
}

MadePluginSpec parse_makes(const YamlNode& node, Findings& findings) {
  MadePluginSpec made;
  MapReader map(node, "`makes`", findings);
  if (!map.ok()) return made;
  made.plugin = map.required_name("plugin");
  if (made.plugin.given()) check_name_style(made.plugin, NameStyle::kRuleId, "plugin", findings);
  made.version = map.required_name("version");
  made.language = map.required_name("language");
  made.title = map.required_name("title");
  map.finish();
  return made;
}

}  // namespace

bool is_overlay(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name == "overlay.yaml" || name.ends_with(".overlay.yaml");
}

OverlaySpec parse_overlay(const YamlNode& root, const SourceText& source, std::string_view folder, Findings& findings) {
  OverlaySpec overlay;
  overlay.file = source.file();
  MapReader map(root, "the overlay", findings, "schema: kutip.overlay/v1");
  if (!map.ok()) return overlay;
  parse_schema(map, "kutip.overlay/v1");
  if (const YamlNode* base = map.required("base")) parse_base(*base, overlay, findings);
  if (const YamlNode* makes = map.optional("makes")) overlay.makes = parse_makes(*makes, findings);
  if (const YamlNode* changes = map.required("changes"))
    if (expect_list(*changes, "a list of changes", findings))
      for (const YamlNode& item : changes->items) parse_change(item, source, folder, overlay, findings);
  map.finish();
  return overlay;
}

}  // namespace kutip::loading
