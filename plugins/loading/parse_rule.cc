#include "loading/parse_rule.h"

#include <array>
#include <string_view>

#include "loading/map_reader.h"
#include "loading/names.h"
#include "loading/node_reader.h"
#include "loading/parse_pattern.h"

namespace kutip::loading {
namespace {

constexpr int kMaxPriority = 1000;
constexpr int kMaxMisspelt = 2;

// Calls parse(item) for one map or for each item of a list of them.
template <typename Parse>
void for_each_item(const YamlNode& node, Parse parse) {
  if (node.kind != YamlNode::Kind::kList) return parse(node);
  for (const YamlNode& item : node.items) parse(item);
}

Name capture_at(MapReader& map, std::string_view key, bool required, Findings& findings) {
  const YamlNode* value = required ? map.required(key) : map.optional(key);
  return value == nullptr ? Name{} : read_capture(*value, findings).value_or(Name{});
}

ExceptionSpec parse_exception(const YamlNode& node, Findings& findings) {
  static constexpr std::array<std::string_view, 4> kPlaces = {"before", "after", "inside", "sentence"};
  ExceptionSpec exception;
  MapReader map(node, "the exception", findings, "{id: NAME, where: before, pattern: [STEP, …]}");
  if (!map.ok()) return exception;
  exception.id = map.required_name("id");
  if (exception.id.given()) check_name_style(exception.id, NameStyle::kRuleId, "exception", findings);
  if (const YamlNode* place = map.required("where"))
    exception.where = static_cast<ExceptionSpec::Where>(read_choice(*place, kPlaces, findings).value_or(3));
  if (const YamlNode* pattern = map.required("pattern")) exception.pattern = parse_pattern(*pattern, findings);
  map.finish();
  return exception;
}

AliasSpec parse_alias(const YamlNode& node, Findings& findings) {
  AliasSpec alias;
  alias.where = node.where;
  MapReader map(node, "the alias", findings, "{of: $capture}");
  if (!map.ok()) return alias;
  alias.of = capture_at(map, "of", true, findings);
  alias.form = capture_at(map, "form", false, findings);
  alias.parts = map.flag("parts");
  if (const YamlNode* misspelt = map.optional("misspelt"))
    alias.misspelt = read_int(*misspelt, 1, kMaxMisspelt, findings).value_or(0);
  if (const YamlNode* unless = map.optional("unless")) alias.unless = parse_pattern(*unless, findings);
  map.finish();
  return alias;
}

void parse_check(const YamlNode& node, RuleSpec& rule, Findings& findings) {
  MapReader map(node, "the check", findings, "{acronym_of: {short: $capture, long: $capture}}");
  if (!map.ok()) return;
  if (const YamlNode* acronym = map.required("acronym_of")) {
    MapReader captures(*acronym, "`acronym_of`", findings);
    if (captures.ok()) {
      rule.checks.push_back(
          {capture_at(captures, "short", true, findings), capture_at(captures, "long", true, findings)});
      captures.finish();
    }
  }
  map.finish();
}

void parse_settings(MapReader& map, RuleSpec& rule, Findings& findings) {
  static constexpr std::array<std::string_view, 2> kUnits = {"sentence", "paragraph"};
  static constexpr std::array<std::string_view, 3> kOverlaps = {"longest", "nest", "all"};
  rule.title = map.prose("title");
  rule.why = map.prose("why");
  rule.phase = map.name("phase");
  if (const YamlNode* priority = map.optional("priority"))
    rule.priority = read_int(*priority, -kMaxPriority, kMaxPriority, findings).value_or(rule.priority);
  if (const YamlNode* unit = map.optional("unit"))
    rule.unit = static_cast<UnitSpec>(read_choice(*unit, kUnits, findings).value_or(0));
  if (const YamlNode* overlap = map.optional("overlap"))
    rule.overlap = static_cast<OverlapSpec>(read_choice(*overlap, kOverlaps, findings).value_or(0));
  if (const YamlNode* confidence = map.optional("confidence")) rule.confidence = read_fraction(*confidence, findings);
}

void parse_actions(MapReader& map, RuleSpec& rule, Findings& findings) {
  if (const YamlNode* exceptions = map.optional("suppress_when"))
    if (expect_list(*exceptions, "a list of exceptions", findings))
      for (const YamlNode& item : exceptions->items) rule.exceptions.push_back(parse_exception(item, findings));
  if (const YamlNode* checks = map.optional("check"))
    for_each_item(*checks, [&](const YamlNode& item) { parse_check(item, rule, findings); });
  if (const YamlNode* emits = map.optional("emit"))
    if (expect_list(*emits, "a list of what the rule emits", findings))
      for (const YamlNode& item : emits->items) rule.emits.push_back(parse_emit(item, findings));
  if (const YamlNode* aliases = map.optional("alias"))
    for_each_item(*aliases, [&](const YamlNode& item) { rule.aliases.push_back(parse_alias(item, findings)); });
}

}  // namespace

void parse_rule_keys(MapReader& map, const SourceText& source, RuleSpec& rule, Findings& findings) {
  parse_settings(map, rule, findings);
  if (const YamlNode* pattern = map.optional("pattern")) rule.pattern = parse_pattern(*pattern, findings);
  parse_actions(map, rule, findings);
  if (const YamlNode* tests = map.optional("tests"))
    if (expect_list(*tests, "a list of tests", findings))
      for (const YamlNode& item : tests->items) rule.tests.push_back(parse_test(item, source, findings));
}

RuleSpec parse_rule(const YamlNode& node, const SourceText& source, Findings& findings) {
  RuleSpec rule;
  rule.where = node.where;
  MapReader map(node, "the rule", findings);
  if (!map.ok()) {
    rule.pattern.sound = false;
    return rule;
  }
  rule.id = map.required_name("id");
  if (rule.id.given()) check_name_style(rule.id, NameStyle::kRuleId, "rule", findings);
  for (const std::string_view key : {"phase", "pattern", "emit"}) map.required(key);
  parse_rule_keys(map, source, rule, findings);
  rule.pattern.sound &= map.has("pattern");
  map.finish();
  return rule;
}

}  // namespace kutip::loading
