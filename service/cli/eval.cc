#include <cstdio>
#include <memory>
#include <string>

#include "authoring/predict.h"
#include "authoring/score.h"
#include "service/cli/command.h"
#include "service/cli/gold.h"
#include "service/cli/progress.h"
#include "service/cli/rules.h"
#include "service/cli/score_report.h"

namespace kutip::cli {
namespace {

struct Flags {
  std::string gold, rules;
  std::string format = "text";
  std::size_t errors = 20;
};

// False, with a message on standard error, if a text's language has no rules.
bool score_all(const std::vector<authoring::AnnotatedText>& gold, const tagging::RuleSet& rules,
               authoring::Scores& scores) {
  tagging::Workspace workspace;
  Progress progress(gold.size());
  for (const authoring::AnnotatedText& text : gold) {
    const tagging::Grammar* grammar = authoring::grammar_for(rules, text.language, text.text, workspace);
    if (grammar == nullptr) {
      progress.pause();
      std::fprintf(stderr, "kutip: %s: no rules for the language %s\n", text.id.c_str(), text.language.c_str());
      return false;
    }
    authoring::add_scores(text, authoring::predict(rules, *grammar, text.text, workspace), scores);
    progress.step();
  }
  authoring::finish_scores(scores);
  return true;
}

int eval(const Flags& flags) {
  const auto read = read_gold(flags.gold);
  if (const auto* error = std::get_if<InputError>(&read)) {
    std::fprintf(stderr, "kutip: %s\n", error->message.c_str());
    return kExitFailure;
  }
  const auto rules = load_rules_or_complain(find_rules_folder(flags.rules));
  if (rules == nullptr) return kExitFailure;
  authoring::Scores scores;
  if (!score_all(std::get<std::vector<authoring::AnnotatedText>>(read), *rules, scores)) return kExitFailure;
  const std::string report = flags.format == "json" ? score_json(scores) : score_text(scores, flags.errors);
  std::fputs(report.c_str(), stdout);
  return 0;
}

}  // namespace

void add_eval(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("eval", "Measure the rules on a gold corpus, in total and by rule");
  auto flags = std::make_shared<Flags>();
  command->add_option("gold", flags->gold, "Gold corpus: JSON Lines with text, quotes, organizations, persons")
      ->type_name("FILE")
      ->required();
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_option("--errors", flags->errors, "How many errors of each kind to list")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  command->add_option("--format", flags->format, "Output; json has all errors")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([flags, &exit_code] { exit_code = eval(*flags); });
}

}  // namespace kutip::cli
