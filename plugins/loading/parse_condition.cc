#include "loading/parse_condition.h"

#include <string_view>

#include "loading/map_reader.h"
#include "loading/node_reader.h"

namespace kutip::loading {
namespace {

constexpr int kMaxLength = 0xFFFF;

struct ListKey {
  std::string_view key;
  Names ConditionSpec::*names;
};

constexpr ListKey kListKeys[] = {
    {"text", &ConditionSpec::text},     {"not_text", &ConditionSpec::not_text},
    {"lower", &ConditionSpec::lower},   {"not_lower", &ConditionSpec::not_lower},
    {"shape", &ConditionSpec::shape},   {"not_shape", &ConditionSpec::not_shape},
    {"prefix", &ConditionSpec::prefix}, {"not_prefix", &ConditionSpec::not_prefix},
    {"suffix", &ConditionSpec::suffix}, {"not_suffix", &ConditionSpec::not_suffix},
    {"lex", &ConditionSpec::lex},       {"not_lex", &ConditionSpec::not_lex},
    {"anno", &ConditionSpec::anno},     {"not_anno", &ConditionSpec::not_anno},
};

// `3` or `[2, 12]`.
std::optional<std::pair<int, int>> parse_length(const YamlNode& node, Findings& findings) {
  if (node.kind != YamlNode::Kind::kList) {
    const auto length = read_int(node, 1, kMaxLength, findings);
    return length ? std::optional(std::pair(*length, *length)) : std::nullopt;
  }
  if (node.items.size() != 2) {
    findings.report(Code::kWrongKind, node.where, "a list where two numbers belong").expected = "like [2, 12]";
    return std::nullopt;
  }
  const auto least = read_int(node.items[0], 1, kMaxLength, findings);
  const auto greatest = read_int(node.items[1], 1, kMaxLength, findings);
  if (!least || !greatest) return std::nullopt;
  if (*least <= *greatest) return std::pair(*least, *greatest);
  findings.report(Code::kMinOverMax, node.where, "the least length is over the greatest").expected =
      "[least, greatest]";
  return std::nullopt;
}

}  // namespace

ConditionSpec parse_condition(const YamlNode& node, Findings& findings) {
  ConditionSpec condition;
  condition.where = node.where;
  MapReader map(node, "the condition", findings, "{lower: WORD}");
  if (!map.ok()) return condition;
  for (const ListKey& list : kListKeys)
    if (const YamlNode* value = map.optional(list.key)) condition.*list.names = read_names(*value, findings);
  if (const YamlNode* length = map.optional("len")) condition.length = parse_length(*length, findings);
  if (const YamlNode* initial = map.optional("sentence_initial"))
    condition.sentence_initial = read_bool(*initial, findings);
  map.finish();
  return condition;
}

}  // namespace kutip::loading
