#include "loading/build_rule.h"

#include <algorithm>

#include "loading/names.h"

namespace kutip::loading {
namespace {

using matching::PatternError;

class RuleBuilder {
 public:
  RuleBuilder(const RuleSpec& spec, std::uint32_t plugin, RuleBuildState& state)
      : spec_(spec), state_(state), findings_(state.context.findings), place_{plugin, kBehindAllPhases} {}

  std::optional<BuiltRule> build() {
    const std::size_t errors = findings_.error_count();
    if (spec_.phase.given())
      if (const auto phase = state_.context.symbols.find_phase(spec_.phase, findings_)) place_.phase = *phase;
    ResolvedPattern pattern = resolve_pattern(spec_.pattern, place_, state_.context);
    auto exceptions = build_exceptions();
    auto emits = build_emits(pattern);
    auto checks = build_checks(pattern);
    auto aliases = build_aliases(pattern);
    check_tests(spec_, pattern, used_, state_.context);
    if (findings_.error_count() == errors) report_unused(pattern);
    const auto program = compile(pattern, spec_.pattern.where, [this](const matching::Pattern& p) {
      return matching::compile(p, state_.context.vocabulary, state_.classes);
    });
    if (!program || findings_.error_count() != errors) return std::nullopt;
    tagging::Rule rule{
        spec_.id.value,
        place_.plugin,
        place_.phase,
        spec_.priority,
        static_cast<tagging::Unit>(spec_.unit),
        static_cast<tagging::Overlap>(spec_.overlap),
        spec_.confidence,
        *program,
        pattern.pattern.captures,
        std::move(exceptions),
        std::move(checks),
        std::move(emits),
        std::move(aliases),
        {spec_.where.file, spec_.where.line, spec_.where.column},
    };
    return BuiltRule{std::move(rule), {std::move(pattern.pattern), std::move(exception_patterns_)}};
  }

 private:
  template <typename Compiler>
  std::optional<matching::Program> compile(const ResolvedPattern& pattern, const SourceRange& where,
                                           Compiler compiler) {
    if (!pattern.sound || pattern.pattern.steps.empty() || !state_.context.symbols.complete()) return std::nullopt;
    auto compiled = compiler(pattern.pattern);
    if (auto* program = std::get_if<matching::Program>(&compiled)) return std::move(*program);
    report_pattern_error(std::get<PatternError>(compiled), where, findings_);
    return std::nullopt;
  }

  std::vector<tagging::Exception> build_exceptions() {
    std::vector<tagging::Exception> exceptions;
    std::map<std::string, SourceRange> seen;
    for (const ExceptionSpec& spec : spec_.exceptions) {
      const auto [first, is_new] = seen.emplace(spec.id.value, spec.id.where);
      if (!is_new && spec.id.given())
        findings_.report(Code::kDuplicateException, spec.id.where, "two exceptions are called " + quoted(spec.id.value))
            .related.emplace_back(first->second, "first here");
      ResolvedPattern pattern = resolve_exception(spec.pattern);
      auto program = compile_exception(pattern, spec.pattern.where);
      if (!program) continue;
      exceptions.push_back({spec.id.value, static_cast<tagging::Exception::Where>(spec.where), *std::move(program)});
      exception_patterns_.emplace_back(spec.id.value, std::move(pattern.pattern));
    }
    return exceptions;
  }

  ResolvedPattern resolve_exception(const PatternSpec& spec) {
    ResolvedPattern pattern = resolve_pattern(spec, place_, state_.context);
    for (const ResolvedCapture& capture : pattern.captures)
      if (!capture.in_macro)
        findings_.report(Code::kCaptureNotHere, capture.where, "a capture in an exception").help =
            "an exception only says whether it holds; remove `as`";
    return pattern;
  }

  std::optional<matching::Program> compile_exception(const ResolvedPattern& pattern, const SourceRange& where) {
    return compile(pattern, where,
                   [this](const matching::Pattern& p) { return matching::compile_exception(p, state_.classes); });
  }

  std::vector<tagging::Emit> build_emits(const ResolvedPattern& pattern) {
    std::vector<tagging::Emit> emits;
    for (const EmitSpec& spec : spec_.emits) emits.push_back(build_emit(spec, pattern, used_, state_));
    return emits;
  }

  std::vector<tagging::AcronymCheck> build_checks(const ResolvedPattern& pattern) {
    std::vector<tagging::AcronymCheck> checks;
    for (const AcronymCheckSpec& spec : spec_.checks) {
      const auto short_form = use_capture(spec.short_form, pattern, used_, findings_);
      const auto long_form = use_capture(spec.long_form, pattern, used_, findings_);
      if (short_form && long_form) checks.push_back({*short_form, *long_form});
    }
    return checks;
  }

  std::vector<tagging::Alias> build_aliases(const ResolvedPattern& pattern) {
    std::vector<tagging::Alias> aliases;
    for (const AliasSpec& spec : spec_.aliases) {
      const auto of = use_capture(spec.of, pattern, used_, findings_);
      const auto form = use_capture(spec.form, pattern, used_, findings_);
      auto unless = spec.unless ? compile_exception(resolve_exception(*spec.unless), spec.unless->where) : std::nullopt;
      if (of) aliases.push_back({*of, form, spec.parts, static_cast<std::uint32_t>(spec.misspelt), std::move(unless)});
    }
    return aliases;
  }

  // Captures of macros are there for whoever uses the macro.
  void report_unused(const ResolvedPattern& pattern) {
    for (std::size_t id = 0; id < pattern.captures.size(); ++id) {
      const std::string& name = pattern.pattern.captures[id];
      if (pattern.captures[id].in_macro || used_.count(name) != 0) continue;
      findings_.report(Code::kUnusedCapture, pattern.captures[id].where, "nothing uses the capture " + quoted(name))
          .help = "use " + quoted("$" + name) + " in `emit`, or remove `as`";
    }
  }

  const RuleSpec& spec_;
  RuleBuildState& state_;
  Findings& findings_;
  PatternPlace place_;
  std::set<std::string> used_;
  std::vector<std::pair<std::string, matching::Pattern>> exception_patterns_;
};

}  // namespace

std::optional<BuiltRule> build_rule(const RuleSpec& spec, std::uint32_t plugin, RuleBuildState& state) {
  return RuleBuilder(spec, plugin, state).build();
}

void report_pattern_error(const PatternError& error, const SourceRange& pattern, Findings& findings) {
  SourceRange where = pattern;
  if (error.mark.line != 0) where = {error.mark.file, error.mark.line, error.mark.column, error.mark.column + 1};
  switch (error.kind) {
    case PatternError::Kind::kNoAnchor: {
      Diagnostic& d = findings.report(Code::kNoAnchor, where, "no step of the pattern must occur exactly once");
      d.expected = "a `tok`, `lex` or `anno` step that is not optional, does not repeat and stands in no alternative";
      return;
    }
    case PatternError::Kind::kManyAnchors: {
      Diagnostic& d = findings.report(Code::kManyAnchors, where, "this step cannot be the anchor");
      d.expected = "one `anchor: true` in a pattern, on a step that must occur";
      return;
    }
    case PatternError::Kind::kMatchesNothing: {
      Diagnostic& d = findings.report(Code::kMatchesNothing, where, "this can match no token at all");
      d.expected = "at least one step that takes a token";
      return;
    }
    case PatternError::Kind::kTooLarge: {
      Diagnostic& d =
          findings.report(Code::kPatternTooLarge, where, "the pattern is too large once repeats are written out");
      d.expected = "at most " + std::to_string(matching::kMaxProgramSize) + " instructions";
      d.help = "lower a `max`";
      return;
    }
  }
}

}  // namespace kutip::loading
