#include "service/cli/explain_report.h"

#include "authoring/predict.h"
#include "service/cli/terminal.h"

namespace kutip::cli {
namespace {

using authoring::Explanation;
using authoring::ExplanationOutcome;
using authoring::StepOutcome;
using authoring::TracedStep;

constexpr std::uint32_t kSourceColumns = 52;
constexpr std::uint32_t kWordsColumns = 60;

class Report {
 public:
  Report(const authoring::ExplainedRules& rules, std::string_view text) : rules_(rules), text_(text) {}

  std::string of(const Explanation& e) const {
    std::string out = headline(e) + "  " + authoring::rule_name(rules_.rules, rules_.grammar, e.rule) + "  (" +
                      place(rules_.grammar.rules[e.rule].mark) + ")" + ending(e) + "\n";
    for (std::size_t i = 0; i < e.steps.size(); ++i)
      out += line(e.steps[i], e.steps[i].where.line == 0 ? "    " : numbered(i));
    for (const auto& capture : e.captures) out += "  $" + capture.name + " = " + words(capture.span) + "\n";
    return out + "\n";
  }

 private:
  static std::string headline(const Explanation& e) {
    switch (e.outcome) {
      case ExplanationOutcome::kMatched:
        return "MATCH     ";
      case ExplanationOutcome::kSuppressed:
        return "SUPPRESSED";
      case ExplanationOutcome::kLost:
        return "LOST      ";
      case ExplanationOutcome::kStepFailed:
        return "NEAR MISS ";
      case ExplanationOutcome::kAnchorAbsent:
        break;
    }
    return "NO ANCHOR ";
  }

  std::string ending(const Explanation& e) const {
    if (e.outcome == ExplanationOutcome::kSuppressed) return "  by its exception `" + e.exception_id + "`";
    if (e.outcome == ExplanationOutcome::kAnchorAbsent) return "  the step it is looked up by occurs nowhere";
    if (e.outcome != ExplanationOutcome::kLost) return "";
    if (!e.winner) return "  its place is taken, or it emits nothing";
    static constexpr const char* kReasons[] = {"an earlier phase", "priority", "length", "an earlier start",
                                               "the order of ids"};
    return "  to " + authoring::rule_name(rules_.rules, rules_.grammar, e.winner->rule) + " over " +
           words(e.winner->span) + ", by " + kReasons[static_cast<std::size_t>(e.winner->won_by)];
  }

  // As `kutip profile --steps` numbers them.
  static std::string numbered(std::size_t step) {
    const std::string number = std::to_string(step + 1);
    return std::string(number.size() < 3 ? 3 - number.size() : 0, ' ') + number + " ";
  }

  std::string line(const TracedStep& step, const std::string& front) const {
    const std::string indent(front.size(), ' ');
    static constexpr const char* kMarks[] = {"ok   ", "skip ", "FAIL ", "-    "};
    std::string out = front + kMarks[static_cast<std::size_t>(step.outcome)];
    const std::string source = shortened(printable(step.source), kSourceColumns);
    const bool failed = step.outcome == StepOutcome::kFailed;
    if (step.span && !failed) {
      out += padded(source, kSourceColumns) + "  " + words(*step.span);
    } else {
      out += source;
    }
    if (failed && step.where.line != 0) out += "  at " + place(step.where);
    out += "\n";
    if (!step.wanted.empty()) out += indent + "     wanted " + printable(step.wanted) + "\n";
    if (!step.seen.empty()) out += indent + "     saw " + printable(step.seen) + "\n";
    for (const TracedStep& inner : step.steps) out += line(inner, indent + "  ");
    return out;
  }

  std::string words(text::Span span) const {
    return shortened(printable(text_.substr(span.begin, span.size())), kWordsColumns);
  }

  std::string place(const matching::SourceMark& mark) const {
    return rules_.files[mark.file].path + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
  }

  const authoring::ExplainedRules& rules_;
  std::string_view text_;
};

}  // namespace

std::string explain_text(const authoring::ExplainAnswer& answer, const authoring::ExplainedRules& rules,
                         std::string_view text) {
  const Report report(rules, text);
  std::string out;
  for (const Explanation& explanation : answer.explanations) out += report.of(explanation);
  if (answer.explanations.empty()) out = "No rule came near a match.\n";
  if (answer.truncated) out += "There is more; ask for a rule, or raise --most.\n";
  return out;
}

}  // namespace kutip::cli
