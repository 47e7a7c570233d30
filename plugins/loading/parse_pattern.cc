#include "loading/parse_pattern.h"

#include <array>
#include <string_view>

#include "loading/map_reader.h"
#include "loading/names.h"
#include "loading/node_reader.h"
#include "loading/parse_condition.h"
#include "matching/pattern.h"

namespace kutip::loading {
namespace {

constexpr int kMaxRepeat = static_cast<int>(matching::kMaxRepeat);
constexpr int kMaxTokens = 1'000'000;
constexpr std::array<std::string_view, 13> kStepKeys = {
    "tok", "lex", "anno", "use", "seq", "any", "gap", "rest", "at", "ahead", "not_ahead", "behind", "not_behind"};
constexpr std::array<std::string_view, 4> kBorders = {"sentence_start", "sentence_end", "paragraph_start",
                                                      "paragraph_end"};

using Kind = decltype(StepSpec::kind);

StepSpecs parse_steps(const YamlNode& node, Findings& findings);

AnnoSpec parse_anno(const YamlNode& node, MapReader& step, Findings& findings) {
  AnnoSpec anno;
  anno.types = read_names(node, findings);
  const YamlNode* where = step.optional("where");
  if (where == nullptr) return anno;
  MapReader map(*where, "`where`", findings);
  if (!map.ok()) return anno;
  if (const YamlNode* least = map.optional("min_tokens")) anno.min_tokens = read_int(*least, 1, kMaxTokens, findings);
  if (const YamlNode* most = map.optional("max_tokens")) anno.max_tokens = read_int(*most, 1, kMaxTokens, findings);
  if (const YamlNode* first = map.optional("first")) anno.first = parse_condition(*first, findings);
  if (const YamlNode* last = map.optional("last")) anno.last = parse_condition(*last, findings);
  if (const YamlNode* forms = map.optional("form")) anno.forms = read_names(*forms, findings);
  map.finish();
  if (anno.min_tokens && anno.max_tokens && *anno.min_tokens > *anno.max_tokens)
    findings.report(Code::kMinOverMax, map.key_range("min_tokens"), "`min_tokens` is over `max_tokens`");
  return anno;
}

GroupSpec parse_any(const YamlNode& node, Findings& findings) {
  GroupSpec group;
  if (!expect_list(node, "a list of lists of steps", findings)) return group;
  if (node.items.empty())
    findings.report(Code::kEmptyPattern, node.where, "`any` without alternatives").expected = "[[STEP, …], [STEP, …]]";
  for (const YamlNode& item : node.items)
    if (expect_list(item, "a list of the steps of one alternative", findings))
      group.alternatives.push_back(parse_steps(item, findings));
  return group;
}

GapSpec parse_gap(const YamlNode& node, Findings& findings) {
  GapSpec gap;
  MapReader map(node, "the gap", findings, "{max: 8}");
  if (!map.ok()) return gap;
  if (const YamlNode* most = map.optional("max")) {
    gap.max = read_int(*most, 1, kMaxRepeat, findings).value_or(1);
  } else {
    Diagnostic& d = findings.report(Code::kMaxMissing, node.where, "a gap without `max`");
    d.expected = "`max`, from 1 to " + std::to_string(kMaxRepeat);
    d.help = "write how many tokens may stand between, like `max: 8`";
  }
  if (const YamlNode* never = map.optional("not")) gap.never = parse_condition(*never, findings);
  map.finish();
  return gap;
}

BorderSpec parse_border(const YamlNode& node, Findings& findings) {
  return static_cast<BorderSpec>(read_choice(node, kBorders, findings).value_or(0));
}

RestSpec parse_rest(const YamlNode& node, MapReader& step, Findings& findings) {
  static constexpr std::array<std::string_view, 2> kTo = {"sentence_start", "sentence_end"};
  RestSpec rest;
  const std::size_t to = read_choice(node, kTo, findings).value_or(1);
  rest.to = to == 0 ? BorderSpec::kSentenceStart : BorderSpec::kSentenceEnd;
  if (const YamlNode* never = step.optional("not")) rest.never = parse_condition(*never, findings);
  if (const YamlNode* least = step.optional("min")) rest.min_tokens = read_int(*least, 1, kMaxTokens, findings);
  if (const YamlNode* most = step.optional("max")) rest.max_tokens = read_int(*most, 1, kMaxTokens, findings);
  if (rest.min_tokens && rest.max_tokens && *rest.min_tokens > *rest.max_tokens)
    findings.report(Code::kMinOverMax, step.key_range("min"), "`min` is over `max`");
  return rest;
}

LookSpec parse_look(std::string_view key, const YamlNode& node, Findings& findings) {
  return {key.ends_with("ahead"), !key.starts_with("not_"), parse_steps(node, findings)};
}

Kind parse_kind(std::string_view key, const YamlNode& node, MapReader& step, Findings& findings) {
  if (key == "tok") return TokSpec{parse_condition(node, findings)};
  if (key == "lex") return LexSpec{read_names(node, findings)};
  if (key == "anno") return parse_anno(node, step, findings);
  if (key == "use") return UseSpec{read_name(node, findings).value_or(Name{})};
  if (key == "seq") return GroupSpec{{parse_steps(node, findings)}};
  if (key == "any") return parse_any(node, findings);
  if (key == "gap") return parse_gap(node, findings);
  if (key == "rest") return parse_rest(node, step, findings);
  if (key == "at") return AtSpec{parse_border(node, findings)};
  return parse_look(key, node, findings);
}

bool may_repeat(std::string_view key) {
  return key == "tok" || key == "lex" || key == "anno" || key == "use" || key == "seq" || key == "any";
}

void parse_repeat(std::string_view key, MapReader& map, StepSpec& step, Findings& findings) {
  const YamlNode* least = key == "rest" ? nullptr : map.optional("min");
  const YamlNode* most = key == "rest" ? nullptr : map.optional("max");
  const bool optional = map.flag("optional");
  if (least == nullptr && most == nullptr && !optional) return;
  if (!may_repeat(key)) {
    Diagnostic& d = findings.report(Code::kCannotRepeat, step.where, quoted(key) + " cannot repeat or be left out");
    d.help = key == "gap" ? "`max` belongs into the gap: {gap: {max: 8}}; a gap may be empty anyway"
                          : "put the step into a `seq` or `any`, which may repeat";
    return;
  }
  if (optional && (least != nullptr || most != nullptr)) {
    Diagnostic& d = findings.report(Code::kKeysExclude, map.key_range("optional"), "`optional` beside `min` or `max`");
    d.help = "`optional: true` is short for `min: 0, max: 1`; write one of the two";
    return;
  }
  if (optional) step.min = 0;
  if (least != nullptr) step.min = read_int(*least, 0, kMaxRepeat, findings).value_or(1);
  if (most != nullptr) step.max = read_int(*most, 1, kMaxRepeat, findings).value_or(step.min);
  if (least != nullptr && most == nullptr) {
    Diagnostic& d = findings.report(Code::kMaxMissing, map.key_range("min"), "`min` without `max`");
    d.expected = "`max`, from 1 to " + std::to_string(kMaxRepeat);
    d.help = "write how often the step may occur at most";
  } else if (step.min > step.max) {
    findings.report(Code::kMinOverMax, map.key_range("min"), "`min` is over `max`");
  }
}

// The keys of the map that say what kind of step it is.
std::vector<std::string_view> kinds_of(const MapReader& map) {
  std::vector<std::string_view> kinds;
  for (const std::string_view key : kStepKeys)
    if (map.has(key)) kinds.push_back(key);
  return kinds;
}

void report_no_kind(MapReader& map, const YamlNode& node, Findings& findings) {
  map.also_known(kStepKeys);
  for (const std::string_view key : {"as", "min", "max", "optional", "anchor", "where", "not"}) map.optional(key);
  const std::size_t before = findings.error_count();
  map.finish();
  if (findings.error_count() != before || node.damaged) return;
  Diagnostic& d = findings.report(Code::kMissingKey, node.where, "a step that does not say what it matches");
  d.expected = "one of `tok`, `lex`, `anno`, `use`, `seq`, `any`, `gap`, `rest`, `at`, `ahead`, `behind`, …";
}

std::optional<StepSpec> parse_step(const YamlNode& node, Findings& findings) {
  MapReader map(node, "the step", findings, "{lex: NAME}");
  if (!map.ok()) return std::nullopt;
  const std::vector<std::string_view> kinds = kinds_of(map);
  if (kinds.empty()) {
    report_no_kind(map, node, findings);
    return std::nullopt;
  }
  if (kinds.size() > 1) {
    Diagnostic& d = findings.report(Code::kKeysExclude, map.key_range(kinds[1]),
                                    quoted(kinds[0]) + " and " + quoted(kinds[1]) + " in one step");
    d.help = "make two steps of it";
    map.also_known(kStepKeys);
  }
  const std::string_view key = kinds.front();
  StepSpec step;
  step.where = node.where;
  step.kind = parse_kind(key, *map.optional(key), map, findings);
  step.capture = map.name("as");
  if (step.capture.given()) check_name_style(step.capture, NameStyle::kIdentifier, "capture", findings);
  step.anchor = map.flag("anchor");
  parse_repeat(key, map, step, findings);
  map.finish();
  return step;
}

StepSpecs parse_steps(const YamlNode& node, Findings& findings) {
  StepSpecs steps;
  if (!expect_list(node, "a list of steps", findings)) return steps;
  if (node.items.empty()) {
    Diagnostic& d = findings.report(Code::kEmptyPattern, node.where, "no steps");
    d.expected = "at least one step, like {lex: NAME}";
  }
  for (const YamlNode& item : node.items)
    if (auto step = parse_step(item, findings)) steps.push_back(*std::move(step));
  return steps;
}

}  // namespace

PatternSpec parse_pattern(const YamlNode& node, Findings& findings) {
  const std::size_t errors = findings.error_count();
  PatternSpec pattern{node.where, parse_steps(node, findings), true};
  pattern.sound = findings.error_count() == errors && node.kind == YamlNode::Kind::kList;
  return pattern;
}

std::optional<Name> read_capture(const YamlNode& node, Findings& findings) {
  std::optional<Name> name = read_name(node, findings);
  if (!name) return std::nullopt;
  if (name->value.starts_with('$') && name->value.size() > 1) {
    name->value.erase(0, 1);
    return name;
  }
  Diagnostic& d = findings.report(Code::kWrongKind, name->where, quoted(name->value) + " is not a capture");
  d.expected = "a capture, like `$speaker`";
  if (!name->value.starts_with('$')) {
    d.help = "write `$` before the name";
    d.replacement = "$" + name->value;
  }
  return std::nullopt;
}

}  // namespace kutip::loading
