#include "loading/map_reader.h"
#include "loading/node_reader.h"
#include "loading/parse_rule.h"

namespace kutip::loading {
namespace {

constexpr int kMaxCount = 10'000;

std::vector<std::pair<Name, Name>> parse_expect(const YamlNode& node, Findings& findings) {
  std::vector<std::pair<Name, Name>> expect;
  if (!expect_map(node, "a mapping of fields to texts", findings)) return expect;
  for (std::size_t i = 0; i < node.keys.size(); ++i)
    if (auto value = read_name(node.items[i], findings))
      expect.emplace_back(Name{node.keys[i].text, node.keys[i].where}, *std::move(value));
  return expect;
}

std::vector<ExpectedCount> parse_expect_count(const YamlNode& node, Findings& findings) {
  std::vector<ExpectedCount> counts;
  if (!expect_map(node, "a mapping of types to numbers", findings)) return counts;
  for (std::size_t i = 0; i < node.keys.size(); ++i)
    if (const auto count = read_int(node.items[i], 0, kMaxCount, findings))
      counts.push_back({{node.keys[i].text, node.keys[i].where}, *count});
  return counts;
}

}  // namespace

TestSpec parse_test(const YamlNode& node, const SourceText& source, Findings& findings) {
  TestSpec test;
  test.where = node.where;
  MapReader map(node, "the test", findings);
  if (!map.ok()) return test;
  test.name = map.prose("name");
  if (const YamlNode* text = map.required("text")) test.text = read_marked_text(*text, source, findings);
  if (const YamlNode* expect = map.optional("expect")) test.expect = parse_expect(*expect, findings);
  if (const YamlNode* counts = map.optional("expect_count")) test.expect_count = parse_expect_count(*counts, findings);
  test.none = map.flag("none");
  test.todo = map.flag("todo");
  map.finish();
  return test;
}

}  // namespace kutip::loading
