#include <cstdio>
#include <memory>
#include <string>

#include "authoring/compare.h"
#include "authoring/predict.h"
#include "service/cli/articles.h"
#include "service/cli/command.h"
#include "service/cli/progress.h"
#include "service/cli/rules.h"
#include "service/cli/terminal.h"

namespace kutip::cli {
namespace {

using authoring::Difference;

constexpr std::uint32_t kWordsColumns = 100;

struct Flags {
  std::string before, after, corpus, language;
};

struct Counts {
  std::size_t added = 0, removed = 0, changed = 0, texts = 0;
};

void print(const Difference& difference, Counts& counts) {
  static constexpr const char* kSigns[] = {"+", "-", "~"};
  const auto kind = static_cast<std::size_t>(difference.kind);
  ++(difference.kind == Difference::Kind::kAdded     ? counts.added
     : difference.kind == Difference::Kind::kRemoved ? counts.removed
                                                     : counts.changed);
  std::printf("%s %s %u-%u  %s  (%s)", kSigns[kind], difference.type.c_str(), difference.extent.begin,
              difference.extent.end, shortened(printable(difference.words), kWordsColumns).c_str(),
              difference.rule.c_str());
  if (!difference.detail.empty()) std::printf("  %s", printable(difference.detail).c_str());
  std::printf("\n");
}

const tagging::Grammar* grammar_or_complain(const tagging::RuleSet& rules, const Article& article, const Flags& flags,
                                            tagging::Workspace& workspace) {
  const std::string& language = article.language.empty() ? flags.language : article.language;
  const tagging::Grammar* grammar = authoring::grammar_for(rules, language, article.text, workspace);
  if (grammar == nullptr)
    std::fprintf(stderr, "kutip: %s: no rules for the language %s\n", article.id.c_str(), language.c_str());
  return grammar;
}

// The new rules are asked in the language that the old ones took the text for.
bool compare_all(const std::vector<Article>& articles, const tagging::RuleSet& before, const tagging::RuleSet& after,
                 const Flags& flags, Counts& counts) {
  tagging::Workspace workspace;
  Progress progress(articles.size());
  for (const Article& article : articles) {
    const tagging::Grammar* old_grammar = grammar_or_complain(before, article, flags, workspace);
    if (old_grammar == nullptr) return false;
    const tagging::Grammar* new_grammar = after.grammar(old_grammar->language);
    authoring::AnnotatedText nothing;
    nothing.text = article.text;
    const auto differences = authoring::compare(
        authoring::predict(before, *old_grammar, article.text, workspace),
        new_grammar == nullptr ? nothing : authoring::predict(after, *new_grammar, article.text, workspace));
    progress.step();
    if (differences.empty()) continue;
    progress.pause();
    std::printf("%s\n", article.id.c_str());
    for (const Difference& difference : differences) print(difference, counts);
    ++counts.texts;
  }
  return true;
}

int diff(const Flags& flags) {
  const auto read = read_articles(flags.corpus, InputKind::kByName);
  if (const auto* error = std::get_if<InputError>(&read)) {
    std::fprintf(stderr, "kutip: %s\n", error->message.c_str());
    return kExitFailure;
  }
  const auto before = load_rules_or_complain(flags.before), after = load_rules_or_complain(flags.after);
  if (before == nullptr || after == nullptr) return kExitFailure;
  const auto& articles = std::get<std::vector<Article>>(read);
  Counts counts;
  if (!compare_all(articles, *before, *after, flags, counts)) return kExitFailure;
  std::printf("%zu added, %zu removed, %zu changed, in %zu of %zu texts\n", counts.added, counts.removed,
              counts.changed, counts.texts, articles.size());
  return counts.texts == 0 ? 0 : kExitFindings;
}

}  // namespace

void add_diff(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("diff", "What a change of rules adds to annotations and takes away");
  auto flags = std::make_shared<Flags>();
  command->add_option("old", flags->before, "Rules folder before the change")->type_name("DIR")->required();
  command->add_option("new", flags->after, "Rules folder after the change")->type_name("DIR")->required();
  command->add_option("corpus", flags->corpus, "Texts: *.jsonl, a text file, or - for standard input")
      ->type_name("FILE")
      ->required();
  command->add_option("--language", flags->language, "Language of texts that do not say theirs; else detected")
      ->type_name("TAG");
  command->callback([flags, &exit_code] { exit_code = diff(*flags); });
}

}  // namespace kutip::cli
