#include "authoring/explain.h"

#include <cstdio>
#include <memory>
#include <string>

#include "authoring/predict.h"
#include "service/cli/articles.h"
#include "service/cli/command.h"
#include "service/cli/explain_report.h"
#include "service/cli/rules.h"
#include "text/utf8.h"

namespace kutip::cli {
namespace {

struct Flags {
  std::string rule, text, file, rules, language;
  std::size_t most = 100;
};

// PLUGIN/RULE or RULE.
void set_rule(const std::string& name, authoring::ExplainRequest& request) {
  const std::size_t slash = name.find('/');
  if (slash != std::string::npos) request.plugin = name.substr(0, slash);
  request.rule = slash == std::string::npos ? name : name.substr(slash + 1);
}

bool knows_rule(const tagging::RuleSet& rules, const tagging::Grammar& grammar,
                const authoring::ExplainRequest& request) {
  for (const tagging::Rule& rule : grammar.rules)
    if (rule.id == request.rule && (request.plugin.empty() || rules.plugins()[rule.plugin].name == request.plugin))
      return true;
  return false;
}

// The text to look at, or nothing, with a message on standard error.
std::optional<std::string> read_text(const Flags& flags) {
  if (!flags.text.empty()) {
    if (!text::find_ill_formed(flags.text)) return flags.text;
    std::fprintf(stderr, "kutip: the text is not UTF-8\n");
    return std::nullopt;
  }
  auto read = read_articles(flags.file.empty() ? "-" : flags.file, InputKind::kText);
  if (auto* articles = std::get_if<std::vector<Article>>(&read)) return std::move(articles->front().text);
  std::fprintf(stderr, "kutip: %s\n", std::get<InputError>(read).message.c_str());
  return std::nullopt;
}

int explain(const Flags& flags) {
  const auto text = read_text(flags);
  if (!text) return kExitFailure;
  const auto folder = find_rules_folder(flags.rules);
  const LoadedRules loaded = load_rules(folder);
  complain(loaded, folder);
  if (loaded.rules == nullptr) return kExitFailure;
  tagging::Workspace workspace;
  const tagging::Grammar* grammar = authoring::grammar_for(*loaded.rules, flags.language, *text, workspace);
  if (grammar == nullptr) {
    std::fprintf(stderr, "kutip: no rules for the language %s\n", flags.language.c_str());
    return kExitFailure;
  }
  authoring::ExplainRequest request;
  request.most = flags.most;
  set_rule(flags.rule, request);
  if (!flags.rule.empty() && !knows_rule(*loaded.rules, *grammar, request)) {
    std::fprintf(stderr, "kutip: the rules for %s have no rule %s\n", grammar->language.c_str(), flags.rule.c_str());
    return kExitFailure;
  }
  const auto number = static_cast<std::size_t>(grammar - loaded.rules->grammars().data());
  const authoring::ExplainedRules rules(*loaded.rules, *grammar, loaded.patterns->at(number), loaded.files);
  const auto answer = authoring::explain(rules, *text, request, workspace);
  std::fputs(explain_text(answer, rules, *text).c_str(), stdout);
  return 0;
}

}  // namespace

void add_explain(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("explain", "Why rules match a text, and why not: the nearest miss, and who won a conflict");
  auto flags = std::make_shared<Flags>();
  command->add_option("rule", flags->rule, "Only this rule; else all that came near")->type_name("[PLUGIN/]RULE");
  auto* text = command->add_option("--text", flags->text, "The text")->type_name("TEXT");
  command->add_option("--file", flags->file, "A file with the text [standard input]")
      ->type_name("FILE")
      ->excludes(text);
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_option("--language", flags->language, "Language of the text; else detected")->type_name("TAG");
  command->add_option("--most", flags->most, "Most explanations")->check(CLI::Range(0, 1'000'000))->capture_default_str();
  command->callback([flags, &exit_code] { exit_code = explain(*flags); });
}

}  // namespace kutip::cli
