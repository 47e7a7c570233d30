#include <algorithm>

#include "loading/build_rule.h"
#include "loading/emit_fields.h"
#include "loading/marked_text.h"
#include "loading/names.h"

namespace kutip::loading {
namespace {

void check_marks(const TestSpec& test, const ResolvedPattern& pattern, std::set<std::string>& used,
                 const PatternContext& context) {
  const std::size_t errors = context.findings.error_count();
  const UnmarkedText plain = remove_marks(test.text, context.findings);
  if (context.findings.error_count() != errors) return;
  const auto& types = context.symbols.types();
  for (const TextMark& mark : plain.marks) {
    used.insert(mark.name);
    const bool known =
        mark.name == "match" || pattern.find(mark.name) ||
        std::any_of(types.begin(), types.end(), [&](const auto& type) { return type.name == mark.name; });
    if (known || !pattern.sound) continue;
    std::vector<std::string> names = pattern.pattern.captures;
    names.emplace_back("match");
    report_unknown(Code::kUnknownCapture, mark.where, "capture", mark.name, names, context.findings).message =
        "the test marks " + quoted(mark.name) + ", which is no capture of the rule";
  }
  if (test.none && !plain.marks.empty()) {
    Diagnostic& d =
        context.findings.report(Code::kBadTest, test.where, "a test with `none: true` marks what must match");
    d.help = "remove the marks, or `none`";
  }
  if (test.text.value.empty() || test.none || test.todo || !plain.marks.empty()) return;
  if (!test.expect.empty() || !test.expect_count.empty()) return;
  Diagnostic& d = context.findings.report(Code::kBadTest, test.where, "a test that does not say what must come out");
  d.expected = "a mark like [[capture|words]] in the text, `expect`, `expect_count`, or `none: true`";
}

void check_expect(const TestSpec& test, const RuleSpec& spec, const PatternContext& context) {
  std::vector<std::string> known;
  for (const EmitSpec& emit : spec.emits)
    for (std::size_t type = 0; type < context.symbols.types().size(); ++type)
      if (context.symbols.types()[type].name == emit.type.value)
        for (const EmitField& field : emit_fields(static_cast<matching::TypeId>(type))) known.emplace_back(field.name);
  for (const auto& [key, value] : test.expect)
    if (std::find(known.begin(), known.end(), key.value) == known.end())
      report_unknown(Code::kUnknownField, key.where, "field", key.value, known, context.findings);
  for (const ExpectedCount& count : test.expect_count) context.symbols.find_type(count.type, context.findings);
}

}  // namespace

void check_tests(const RuleSpec& spec, const ResolvedPattern& pattern, std::set<std::string>& used,
                 const PatternContext& context) {
  for (const TestSpec& test : spec.tests) {
    check_marks(test, pattern, used, context);
    check_expect(test, spec, context);
  }
}

}  // namespace kutip::loading
