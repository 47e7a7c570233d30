#include "authoring/profile.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "authoring/predict.h"
#include "authoring/step_source.h"
#include "service/cli/articles.h"
#include "service/cli/command.h"
#include "service/cli/progress.h"
#include "service/cli/rules.h"
#include "service/cli/terminal.h"

namespace kutip::cli {
namespace {

using authoring::RuleProfile;

constexpr std::uint32_t kNameColumns = 36, kSourceColumns = 32;

struct Flags {
  std::string corpus, rules, language;
  std::size_t top = 20;
  bool steps = false;
};

double milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// The steps of a rule, numbered as `kutip explain` does: times reached as its runs, times passed as its hits.
void print_steps(const LoadedRules& loaded, std::size_t grammar, tagging::RuleId rule,
                 const authoring::Profiler& profiler) {
  const matching::Steps& steps = loaded.patterns->at(grammar)[rule].pattern.steps;
  const std::vector<authoring::StepProfile> profiles = profiler.steps(rule);
  const std::uint64_t in_exceptions = profiler.rules()[rule].exception_states;
  std::uint64_t all = in_exceptions;
  for (const authoring::StepProfile& step : profiles) all += step.count.states;
  std::chrono::nanoseconds rest = profiler.rules()[rule].time;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    const auto& [count, its_time] = profiles[i];
    const std::string source = printable(authoring::source_at(steps[i].mark, loaded.files));
    std::printf("%3zu %s %7.1f %8.2f %8llu %14.2f %7.1f %8llu %11.1f\n", i + 1,
                padded(shortened(source, kSourceColumns), kSourceColumns).c_str(), 100 * ratio(count.states, all),
                milliseconds(its_time), static_cast<unsigned long long>(count.reached),
                ratio(count.reached, profiler.sentences()), 100 * ratio(count.passed, count.reached),
                static_cast<unsigned long long>(count.passed), ratio(count.states, count.reached));
    rest -= its_time;
  }
  if (in_exceptions == 0) return;
  std::printf("    %s %7.1f %8.2f\n", padded("suppress_when", kSourceColumns).c_str(), 100 * ratio(in_exceptions, all),
              milliseconds(rest));
}

void print(const LoadedRules& loaded, const tagging::Grammar& grammar, const authoring::Profiler& profiler,
           const Flags& flags) {
  const tagging::RuleSet& rules = *loaded.rules;
  const auto grammar_index = static_cast<std::size_t>(&grammar - rules.grammars().data());
  std::vector<tagging::RuleId> order;
  std::chrono::nanoseconds total{0};
  for (tagging::RuleId id = 0; id < profiler.rules().size(); ++id) {
    total += profiler.rules()[id].time;
    if (profiler.rules()[id].runs > 0) order.push_back(id);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return profiler.rules()[a].time > profiler.rules()[b].time; });
  std::printf("%s: %llu sentences, %llu tokens; annotated in %.1f ms, of which rules about %.1f ms\n",
              grammar.language.c_str(), static_cast<unsigned long long>(profiler.sentences()),
              static_cast<unsigned long long>(profiler.tokens()), milliseconds(profiler.annotate_time()),
              milliseconds(total));
  std::printf("%s   time%%       ms     runs  runs/sentence  match%%     hits  states/run  bound\n",
              padded("rule", kNameColumns).c_str());
  for (std::size_t i = 0; i < std::min(flags.top, order.size()); ++i) {
    const RuleProfile& profile = profiler.rules()[order[i]];
    std::printf(
        "%s %7.1f %8.2f %8llu %14.2f %7.1f %8llu %11.1f %6u\n",
        padded(shortened(authoring::rule_name(rules, grammar, order[i]), kNameColumns), kNameColumns).c_str(),
        100 * ratio(static_cast<std::uint64_t>(profile.time.count()), static_cast<std::uint64_t>(total.count())),
        milliseconds(profile.time), static_cast<unsigned long long>(profile.runs),
        ratio(profile.runs, profiler.sentences()), 100 * ratio(profile.matches, profile.runs),
        static_cast<unsigned long long>(profile.hits), ratio(profile.states, profile.runs),
        grammar.rules[order[i]].program.size());
    if (flags.steps) print_steps(loaded, grammar_index, order[i], profiler);
  }
  const std::size_t idle = profiler.rules().size() - order.size();
  std::printf("%zu of %zu rules ran; %zu never did\n", order.size(), profiler.rules().size(), idle);
}

int profile(const Flags& flags) {
  const auto read = read_articles(flags.corpus, InputKind::kByName);
  if (const auto* error = std::get_if<InputError>(&read)) {
    std::fprintf(stderr, "kutip: %s\n", error->message.c_str());
    return kExitFailure;
  }
  const auto folder = find_rules_folder(flags.rules);
  const LoadedRules loaded = load_rules(folder);
  complain(loaded, folder);
  if (loaded.rules == nullptr) return kExitFailure;
  const auto& articles = std::get<std::vector<Article>>(read);
  tagging::Workspace workspace;
  std::map<const tagging::Grammar*, authoring::Profiler> profilers;
  {
    Progress progress(articles.size());
    for (const Article& article : articles) {
      const std::string& language = article.language.empty() ? flags.language : article.language;
      const tagging::Grammar* grammar = authoring::grammar_for(*loaded.rules, language, article.text, workspace);
      if (grammar != nullptr) profilers.try_emplace(grammar, *loaded.rules, *grammar).first->second.add(article.text);
      progress.step();
    }
  }
  for (const auto& [grammar, profiler] : profilers) print(loaded, *grammar, profiler, flags);
  return 0;
}

}  // namespace

void add_profile(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("profile", "Where the time goes: time, runs and hits of each rule and step on a corpus");
  auto flags = std::make_shared<Flags>();
  command->add_option("corpus", flags->corpus, "Texts: *.jsonl, a text file, or - for standard input")
      ->type_name("FILE")
      ->required();
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_option("--language", flags->language, "Language of texts that do not say theirs; else detected")
      ->type_name("TAG");
  command->add_option("--top", flags->top, "How many rules to list")->capture_default_str();
  command->add_flag("--steps", flags->steps, "List the steps of each rule, too, numbered as `kutip explain` does");
  command->callback([flags, &exit_code] { exit_code = profile(*flags); });
}

}  // namespace kutip::cli
