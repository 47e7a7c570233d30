#include "authoring/lexicon_uses.h"

#include <set>
#include <string>

namespace kutip::authoring {
namespace {

using loading::ConditionSpec;
using loading::Name;
using loading::Names;
using loading::StepSpec;

// Collects all names of lexicons. Names of different plugins are not told apart: one that both have counts as used.
class LexiconUses {
 public:
  void add(const loading::PluginSpec& plugin) {
    add(plugin.manifest.abbreviations);
    add(plugin.manifest.function_words);
    for (const loading::RuleFileSpec& file : plugin.files) {
      for (const loading::LexiconSpec& lexicon : file.lexicons) {
        add(lexicon.from);
        add(lexicon.union_of.value_or(Names()));
      }
      for (const loading::MacroSpec& macro : file.macros) add(macro.pattern.steps);
      for (const loading::RuleSpec& rule : file.rules) add(rule);
    }
  }

  bool has(const std::string& name) const { return used_.contains(name); }

 private:
  void add(const loading::RuleSpec& rule) {
    add(rule.pattern.steps);
    for (const loading::ExceptionSpec& exception : rule.exceptions) add(exception.pattern.steps);
    for (const loading::AliasSpec& alias : rule.aliases)
      if (alias.unless) add(alias.unless->steps);
  }
  void add(const loading::StepSpecs& steps) {
    for (const StepSpec& step : steps) std::visit([this](const auto& kind) { add(kind); }, step.kind);
  }
  void add(const loading::TokSpec& tok) { add(tok.condition); }
  void add(const loading::LexSpec& lex) { add(lex.lexicons); }
  void add(const loading::AnnoSpec& anno) {
    add(anno.first);
    add(anno.last);
  }
  void add(const loading::UseSpec&) {}
  void add(const loading::GroupSpec& group) {
    for (const loading::StepSpecs& alternative : group.alternatives) add(alternative);
  }
  void add(const loading::GapSpec& gap) { add(gap.never); }
  void add(const loading::RestSpec& rest) { add(rest.never); }
  void add(const loading::AtSpec&) {}
  void add(const loading::LookSpec& look) { add(look.steps); }
  void add(const ConditionSpec& condition) {
    add(condition.lex);
    add(condition.not_lex);
  }
  void add(const std::optional<ConditionSpec>& condition) {
    if (condition) add(*condition);
  }
  void add(const Names& names) {
    for (const Name& name : names) add(name);
  }
  void add(const Name& name) {
    if (name.given()) used_.insert(name.value);
  }

  std::set<std::string> used_;
};

}  // namespace

void report_unused_lexicons(std::span<const loading::PluginSpec> plugins, loading::Findings& findings) {
  LexiconUses uses;
  for (const loading::PluginSpec& plugin : plugins) uses.add(plugin);
  for (const loading::PluginSpec& plugin : plugins)
    for (const loading::RuleFileSpec& file : plugin.files)
      for (const loading::LexiconSpec& lexicon : file.lexicons)
        if (!uses.has(lexicon.name.value))
          findings
              .report(loading::Code::kUnusedLexicon, lexicon.name.where,
                      "nothing uses the lexicon " + loading::quoted(lexicon.name.value))
              .help = "use it in a step, or remove it and its file";
}

}  // namespace kutip::authoring
