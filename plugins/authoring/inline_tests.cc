#include "authoring/inline_tests.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "authoring/test_update.h"
#include "loading/marked_text.h"
#include "loading/parse_plugins.h"
#include "tagging/annotate.h"
#include "text/cancellation.h"

namespace kutip::authoring {
namespace {

using loading::PluginSpec;
using loading::RuleSpec;
using loading::TestSpec;
using tagging::Annotations;
using tagging::Grammar;
using text::Span;

// A match of the tested rule, in bytes.
struct FoundMatch {
  Span span;
  std::map<std::string, Span, std::less<>> captures;
};

struct Observed {
  std::vector<FoundMatch> matches;                      // of the tested rule
  std::map<std::string, int, std::less<>> type_counts;  // of all rules
  Annotations annotations;
};

std::string shown(std::string_view text, Span span) {
  return "[" + std::to_string(span.begin) + ", " + std::to_string(span.end) + ") “" +
         std::string(text.substr(span.begin, span.size())) + "”";
}

Span bytes_of(const text::Document& document, text::TokenRange range) {
  return range.empty() ? Span{} : document.span(range);
}

class RuleTester {
 public:
  RuleTester(const tagging::RuleSet& rules, const Grammar& grammar, text::Cancellation& cancellation)
      : rules_(rules), grammar_(grammar), cancellation_(cancellation) {}

  // Nothing, if cancelled.
  Observed observe(tagging::RuleId rule, std::string_view text) {
    Observed observed;
    tagging::AnnotateOptions options;
    options.cancelled = [this] { return cancellation_.now(); };
    options.on_match = [&](const text::Document& document, const tagging::AcceptedMatch& match) {
      for (const tagging::Emit& emit : grammar_.rules[match.rule].emits)
        ++observed.type_counts[grammar_.types[emit.type].name];
      if (match.rule != rule) return;
      FoundMatch found{bytes_of(document, match.range), {}};
      const std::vector<std::string>& names = grammar_.rules[rule].captures;
      for (std::size_t c = 0; c < names.size(); ++c)
        if (match.captures[c].taken) found.captures[names[c]] = bytes_of(document, match.captures[c].range);
      found.captures["match"] = found.span;
      observed.matches.push_back(std::move(found));
    };
    if (!tagging::annotate(rules_, grammar_, text, options, workspace_, observed.annotations)) return {};
    return observed;
  }

 private:
  const tagging::RuleSet& rules_;
  const Grammar& grammar_;
  text::Cancellation& cancellation_;
  tagging::Workspace workspace_;
};

// What is wrong with the marked captures: the marks must be what one match of the rule captured. nullopt: nothing.
std::optional<std::string> check_marks(const loading::UnmarkedText& plain, const Observed& observed,
                                       const Grammar& grammar) {
  std::map<std::string, std::vector<Span>> wanted;
  for (const loading::TextMark& mark : plain.marks)
    wanted[mark.name].push_back({static_cast<std::uint32_t>(mark.begin), static_cast<std::uint32_t>(mark.end)});
  std::string problems;
  for (const auto& [name, spans] : wanted) {
    const bool is_type = std::any_of(grammar.types.begin(), grammar.types.end(),
                                     [&, name = name](const auto& t) { return t.name == name; });
    if (is_type) continue;
    for (const Span span : spans) {
      std::string seen;
      bool met = false;
      for (const FoundMatch& match : observed.matches) {
        const auto capture = match.captures.find(name);
        if (capture == match.captures.end()) continue;
        met = met || capture->second == span;
        seen += (seen.empty() ? "" : ", ") + shown(plain.text, capture->second);
      }
      if (met) continue;
      problems +=
          "\n  - " + name + ": " + shown(plain.text, span) + "\n  + " + name + ": " + (seen.empty() ? "nothing" : seen);
    }
  }
  if (problems.empty()) return std::nullopt;
  return (observed.matches.empty() ? "the rule does not match" : "captures differ") + problems;
}

std::string form_name(tagging::QuoteForm form) {
  switch (form) {
    case tagging::QuoteForm::kDirect:
      return "DIRECT";
    case tagging::QuoteForm::kIndirect:
      return "INDIRECT";
    case tagging::QuoteForm::kMixed:
      return "MIXED";
  }
  return "";
}

// Values of a field over the quotes that the rule found.
std::vector<std::string> values_of(const Observed& observed, std::string_view field, tagging::RuleId rule) {
  std::vector<std::string> values;
  for (const tagging::Quote& quote : observed.annotations.quotes) {
    if (quote.rule != rule) continue;
    if (field == "speaker")
      values.emplace_back(quote.speaker == tagging::kNone ? "" : observed.annotations.speakers[quote.speaker].name);
    if (field == "lemma") values.emplace_back(quote.cue_lemma);
    if (field == "form") values.push_back(form_name(quote.form));
  }
  for (const tagging::Label& label : observed.annotations.labels)
    if (label.rule == rule && field == "value") values.emplace_back(label.value);
  for (const tagging::Organization& organization : observed.annotations.organizations) {
    if (field == "name") values.emplace_back(organization.name);
    if (field == "category") values.emplace_back(organization.category);
  }
  return values;
}

std::optional<std::string> check_expectations(const TestSpec& test, const Observed& observed, tagging::RuleId rule) {
  std::string problems;
  for (const auto& [field, value] : test.expect) {
    const auto values = values_of(observed, field.value, rule);
    if (std::find(values.begin(), values.end(), value.value) != values.end()) continue;
    problems += "\n  - " + field.value + ": " + value.value;
    for (const auto& seen : values) problems += "\n  + " + field.value + ": " + seen;
  }
  for (const loading::ExpectedCount& wanted : test.expect_count) {
    const auto count = observed.type_counts.find(wanted.type.value);
    const int seen = count == observed.type_counts.end() ? 0 : count->second;
    if (seen == wanted.count) continue;
    problems += "\n  - " + wanted.type.value + ": " + std::to_string(wanted.count) + "\n  + " + wanted.type.value +
                ": " + std::to_string(seen);
  }
  if (problems.empty()) return std::nullopt;
  return "values differ" + problems;
}

struct Verdict {
  std::optional<std::string> problem;
  std::vector<Edit> update;
};

// What the rule captured under the names that the test marks.
CapturedSpans captured_under_marks(const loading::UnmarkedText& plain, const Observed& observed) {
  CapturedSpans spans;
  for (const FoundMatch& match : observed.matches)
    for (const auto& [name, span] : match.captures)
      if (std::any_of(plain.marks.begin(), plain.marks.end(),
                      [&, name = name](const auto& mark) { return mark.name == name; }))
        spans.emplace(name, span);
  return spans;
}

Verdict judge(const TestSpec& test, RuleTester& tester, const Grammar& grammar, tagging::RuleId rule) {
  loading::Findings findings;
  const loading::UnmarkedText plain = loading::remove_marks(test.text, findings);
  const Observed observed = tester.observe(rule, plain.text);
  if (test.none) {
    if (observed.matches.empty()) return {};
    return {"the rule must not match\n  + match: " + shown(plain.text, observed.matches.front().span), {}};
  }
  Verdict verdict{check_marks(plain, observed, grammar), {}};
  if (verdict.problem && !observed.matches.empty())
    verdict.update = remark(test.text, captured_under_marks(plain, observed));
  if (const auto values = check_expectations(test, observed, rule))
    verdict.problem = verdict.problem.value_or("") + *values;
  return verdict;
}

TestOutcome outcome_of(const TestSpec& test, bool passed) {
  if (test.todo) return passed ? TestOutcome::kUnexpectedPass : TestOutcome::kExpectedFailure;
  return passed ? TestOutcome::kPassed : TestOutcome::kFailed;
}

std::optional<tagging::RuleId> find_rule(const tagging::RuleSet& rules, const Grammar& grammar, std::string_view plugin,
                                         std::string_view id) {
  for (tagging::RuleId r = 0; r < grammar.rules.size(); ++r)
    if (grammar.rules[r].id == id && rules.plugins()[grammar.rules[r].plugin].name == plugin) return r;
  return std::nullopt;
}

void note_untested(const PluginSpec& plugin, const RuleSpec& rule, std::vector<UntestedRule>& untested) {
  const auto positive = [](const TestSpec& test) { return !test.none && !test.todo; };
  const auto negative = [](const TestSpec& test) { return test.none && !test.todo; };
  UntestedRule entry{plugin.manifest.plugin.value, rule.id.value, rule.id.where,
                     std::none_of(rule.tests.begin(), rule.tests.end(), positive),
                     std::none_of(rule.tests.begin(), rule.tests.end(), negative)};
  if (entry.no_positive || entry.no_negative) untested.push_back(std::move(entry));
}

struct TestedRule {
  const PluginSpec* plugin = nullptr;
  const RuleSpec* spec = nullptr;
  const Grammar* grammar = nullptr;
  tagging::RuleId rule = 0;
};

std::vector<TestedRule> select(const tagging::RuleSet& rules, std::span<const PluginSpec> plugins,
                               std::string_view filter) {
  std::vector<TestedRule> selected;
  for (const PluginSpec& plugin : plugins) {
    const std::string& name = plugin.manifest.plugin.value;
    const Grammar* grammar = rules.grammar(plugin.manifest.language.value);
    if (grammar == nullptr) continue;
    for (const loading::RuleFileSpec& file : plugin.files)
      for (const RuleSpec& spec : file.rules)
        if ((name + "/" + spec.id.value).find(filter) != std::string::npos)
          if (const auto rule = find_rule(rules, *grammar, name, spec.id.value))
            selected.push_back({&plugin, &spec, grammar, *rule});
  }
  return selected;
}

}  // namespace

std::size_t TestReport::count(TestOutcome outcome) const {
  return static_cast<std::size_t>(std::count_if(results.begin(), results.end(),
                                                [&](const TestResult& result) { return result.outcome == outcome; }));
}

TestReport run_inline_tests(const tagging::RuleSet& rules, std::span<const loading::SourceFile> files,
                            const TestSelection& selection) {
  loading::Findings findings;
  return run_inline_tests(rules, loading::parse_plugins(files, findings), selection);
}

TestReport run_inline_tests(const tagging::RuleSet& rules, std::span<const PluginSpec> plugins,
                            const TestSelection& selection) {
  TestReport report;
  const std::vector<TestedRule> tested = select(rules, plugins, selection.filter);
  std::size_t total = 0, done = 0;
  for (const TestedRule& each : tested) total += each.spec->tests.size();
  text::Cancellation cancellation(selection.cancelled);
  std::map<const Grammar*, RuleTester> testers;
  for (const TestedRule& each : tested) {
    RuleTester& tester = testers.try_emplace(each.grammar, rules, *each.grammar, cancellation).first->second;
    note_untested(*each.plugin, *each.spec, report.untested);
    for (const TestSpec& test : each.spec->tests) {
      Verdict verdict = judge(test, tester, *each.grammar, each.rule);
      report.cancelled = cancellation.now();
      if (report.cancelled) return report;
      if (each.plugin->made_by_overlay) verdict.update.clear();  // the text is its base's
      report.results.push_back({each.plugin->manifest.plugin.value, each.spec->id.value, test.name, test.where,
                                outcome_of(test, !verdict.problem), verdict.problem.value_or(""),
                                std::move(verdict.update)});
      if (selection.on_test) selection.on_test(++done, total);
    }
  }
  return report;
}

}  // namespace kutip::authoring
