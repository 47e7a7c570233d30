#include "authoring/profile.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "authoring/predict.h"
#include "service/cli/articles.h"
#include "service/cli/command.h"
#include "service/cli/progress.h"
#include "service/cli/rules.h"
#include "service/cli/terminal.h"

namespace kutip::cli {
namespace {

using authoring::RuleProfile;

constexpr std::uint32_t kNameColumns = 36;

struct Flags {
  std::string corpus, rules, language;
  std::size_t top = 20;
};

double milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void print(const tagging::RuleSet& rules, const tagging::Grammar& grammar, const authoring::Profiler& profiler,
           std::size_t top) {
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
  for (std::size_t i = 0; i < std::min(top, order.size()); ++i) {
    const RuleProfile& profile = profiler.rules()[order[i]];
    std::printf(
        "%s %7.1f %8.2f %8llu %14.2f %7.1f %8llu %11.1f %6u\n",
        padded(shortened(authoring::rule_name(rules, grammar, order[i]), kNameColumns), kNameColumns).c_str(),
        100 * ratio(static_cast<std::uint64_t>(profile.time.count()), static_cast<std::uint64_t>(total.count())),
        milliseconds(profile.time), static_cast<unsigned long long>(profile.runs),
        ratio(profile.runs, profiler.sentences()), 100 * ratio(profile.matches, profile.runs),
        static_cast<unsigned long long>(profile.hits), ratio(profile.states, profile.runs),
        grammar.rules[order[i]].program.size());
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
  const auto rules = load_rules_or_complain(find_rules_folder(flags.rules));
  if (rules == nullptr) return kExitFailure;
  const auto& articles = std::get<std::vector<Article>>(read);
  tagging::Workspace workspace;
  std::map<const tagging::Grammar*, authoring::Profiler> profilers;
  {
    Progress progress(articles.size());
    for (const Article& article : articles) {
      const std::string& language = article.language.empty() ? flags.language : article.language;
      const tagging::Grammar* grammar = authoring::grammar_for(*rules, language, article.text, workspace);
      if (grammar != nullptr) profilers.try_emplace(grammar, *rules, *grammar).first->second.add(article.text);
      progress.step();
    }
  }
  for (const auto& [grammar, profiler] : profilers) print(*rules, *grammar, profiler, flags.top);
  return 0;
}

}  // namespace

void add_profile(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("profile", "Where the time goes: time, runs and hits of each rule on a corpus");
  auto flags = std::make_shared<Flags>();
  command->add_option("corpus", flags->corpus, "Texts: *.jsonl, a text file, or - for standard input")
      ->type_name("FILE")
      ->required();
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_option("--language", flags->language, "Language of texts that do not say theirs; else detected")
      ->type_name("TAG");
  command->add_option("--top", flags->top, "How many rules to list")->capture_default_str();
  command->callback([flags, &exit_code] { exit_code = profile(*flags); });
}

}  // namespace kutip::cli
