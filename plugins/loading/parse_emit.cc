#include <string_view>

#include "loading/map_reader.h"
#include "loading/names.h"
#include "loading/node_reader.h"
#include "loading/parse_pattern.h"
#include "loading/parse_rule.h"

namespace kutip::loading {
namespace {

// Cuts `$capture.column`; columns are counted from the place of the whole value, quotes left out of account.
void split_reference(const Name& value, FieldSpec& field, Findings& findings) {
  const std::size_t dot = value.value.find('.');
  field.capture = {value.value.substr(1, dot == std::string::npos ? dot : dot - 1), value.where};
  if (dot != std::string::npos) field.column = {value.value.substr(dot + 1), value.where};
  const bool empty = field.capture.value.empty() || (dot != std::string::npos && field.column.value.empty());
  if (!empty) return;
  findings.report(Code::kWrongKind, value.where, quoted(value.value) + " names nothing").expected =
      "`$capture` or `$capture.column`";
}

std::vector<FieldSpec> parse_fields(const YamlNode& node, Findings& findings) {
  std::vector<FieldSpec> fields;
  if (!expect_map(node, "a mapping of fields", findings)) return fields;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    FieldSpec field;
    field.key = {node.keys[i].text, node.keys[i].where};
    const std::optional<Name> value = read_name(node.items[i], findings);
    if (!value) continue;
    if (value->value.starts_with('$')) {
      split_reference(*value, field, findings);
    } else {
      field.constant = *value;
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

Names parse_span(const YamlNode& node, Findings& findings) {
  Names span;
  if (node.kind != YamlNode::Kind::kList) {
    if (auto capture = read_capture(node, findings)) span.push_back(*std::move(capture));
    return span;
  }
  if (node.items.empty())
    findings.report(Code::kEmptyValue, node.where, "an empty list of captures").expected =
        "at least one, like `[$quote]`";
  for (const YamlNode& item : node.items)
    if (auto capture = read_capture(item, findings)) span.push_back(*std::move(capture));
  return span;
}

}  // namespace

EmitSpec parse_emit(const YamlNode& node, Findings& findings) {
  EmitSpec emit;
  emit.where = node.where;
  MapReader map(node, "the emit", findings, "{type: TYPE, span: $capture}");
  if (!map.ok()) return emit;
  emit.type = map.required_name("type");
  if (const YamlNode* span = map.required("span")) emit.span = parse_span(*span, findings);
  if (const YamlNode* fields = map.optional("fields")) emit.fields = parse_fields(*fields, findings);
  map.finish();
  return emit;
}

}  // namespace kutip::loading
