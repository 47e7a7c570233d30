#include "authoring/entry_checks.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "loading/file_index.h"
#include "matching/lexicon.h"
#include "text/document.h"
#include "text/utf8.h"

namespace kutip::authoring {
namespace {

using loading::LexiconSpec;
using loading::SourceRange;
using matching::EntryId;
using matching::LexiconId;

// Where entries are written, for lexicons that have a file or words of their own.
class EntryPlaces {
 public:
  EntryPlaces(const tagging::Grammar& grammar, std::span<const loading::PluginSpec> plugins,
              std::span<const loading::SourceFile> files)
      : grammar_(grammar) {
    const loading::FileIndex index(files);
    for (const loading::PluginSpec& plugin : plugins)
      for (const loading::RuleFileSpec& file : plugin.files)
        for (const LexiconSpec& lexicon : file.lexicons) {
          if (lexicon.words) files_.emplace(lexicon.name.value, file.file);
          const auto at =
              index.find(plugin.folder.empty() ? lexicon.file.value : plugin.folder + "/" + lexicon.file.value);
          if (lexicon.file.given() && at && lexicon.added.empty() && lexicon.added_files.empty())
            files_.emplace(lexicon.name.value, *at);
        }
  }

  // Nowhere for entries that are made of others, or that overlays add.
  std::optional<SourceRange> place(EntryId entry) const {
    const auto file = files_.find(std::string(grammar_.lexicons.name(grammar_.lexicons.lexicon_of(entry))));
    const std::uint32_t line = grammar_.lexicons.line(entry);
    if (file == files_.end() || line == 0) return std::nullopt;
    const auto columns = static_cast<std::uint32_t>(text::count_code_points(grammar_.lexicons.value(entry, 0)));
    return SourceRange{file->second, line, 1, 1 + columns};
  }

 private:
  const tagging::Grammar& grammar_;
  std::map<std::string, std::uint32_t> files_;
};

// `form` with its first letter as a capital, if that is ASCII.
std::string capitalised(std::string form) {
  if (form[0] >= 'a' && form[0] <= 'z') form[0] = static_cast<char>(form[0] - 'a' + 'A');
  return form;
}

bool finds(const tagging::Grammar& grammar, EntryId entry, const std::string& text, text::Document& document,
           matching::LexiconHits& hits) {
  document.analyze(text, grammar.text_rules, grammar.vocabulary);
  hits.find(grammar.lexicons, document);
  return std::any_of(hits.hits().begin(), hits.hits().end(), [&](const auto& hit) { return hit.entry == entry; });
}

// Words that make no hits, for only their cover is ever asked.
std::set<std::pair<LexiconId, text::WordId>> cover_words(const tagging::Grammar& grammar) {
  std::set<std::pair<LexiconId, text::WordId>> words;
  for (const matching::CoverWord& word : grammar.lexicons.cover_words()) words.emplace(word.lexicon, word.word);
  return words;
}

void collect_step_lexicons(const matching::Steps& steps, std::set<std::vector<LexiconId>>& out) {
  for (const matching::Step& step : steps) {
    if (const auto* lex = std::get_if<matching::LexStep>(&step.kind); lex != nullptr && lex->lexicons.size() > 1)
      out.insert(lex->lexicons);
    if (const auto* any = std::get_if<matching::AnyStep>(&step.kind))
      for (const matching::Steps& alternative : any->alternatives) collect_step_lexicons(alternative, out);
  }
}

// Columns of both lexicons that say different things of the form.
bool columns_differ(const tagging::Grammar& grammar, EntryId a, EntryId b) {
  const matching::LexiconSet& set = grammar.lexicons;
  for (const char* column : {"name", "category", "lemma", "id", "wikidata"}) {
    const int of_a = set.column(set.lexicon_of(a), column), of_b = set.column(set.lexicon_of(b), column);
    if (of_a > 0 && of_b > 0 && set.value(a, of_a) != set.value(b, of_b)) return true;
  }
  return false;
}

}  // namespace

void report_never_produced(const tagging::Grammar& grammar, std::span<const loading::PluginSpec> plugins,
                           std::span<const loading::SourceFile> files, loading::Findings& findings) {
  const EntryPlaces places(grammar, plugins, files);
  const auto covering = cover_words(grammar);
  text::Document document;
  matching::LexiconHits hits;
  for (EntryId entry = 0; entry < grammar.lexicons.entry_count(); ++entry) {
    const auto place = places.place(entry);
    if (!place) continue;
    const std::string form(grammar.lexicons.value(entry, 0));
    const auto tokens = text::tokenize_normal_forms(form, grammar.text_rules);
    if (tokens.size() == 1 &&
        covering.contains({grammar.lexicons.lexicon_of(entry), grammar.vocabulary.find(tokens[0])}))
      continue;
    const auto found_in = [&](const std::string& text) { return finds(grammar, entry, text, document, hits); };
    if (found_in(form) || found_in(form + " x") || found_in("x " + form) || found_in(capitalised(form)) ||
        found_in("x " + capitalised(form) + " x"))
      continue;
    loading::Diagnostic& d = findings.report(loading::Code::kNeverProduced, *place,
                                             "no text that holds " + loading::quoted(form) + " gives this entry");
    d.help = "look how such words are cut into tokens, and whether `match` suits the form";
  }
}

void report_same_forms(const tagging::Grammar& grammar, std::span<const loading::RulePatterns> patterns,
                       std::span<const loading::PluginSpec> plugins, std::span<const loading::SourceFile> files,
                       loading::Findings& findings) {
  std::set<std::vector<LexiconId>> lists;
  for (const loading::RulePatterns& rule : patterns) collect_step_lexicons(rule.pattern.steps, lists);
  std::map<std::string_view, std::vector<EntryId>> by_form;
  for (EntryId entry = 0; entry < grammar.lexicons.entry_count(); ++entry)
    by_form[grammar.lexicons.value(entry, 0)].push_back(entry);
  const EntryPlaces places(grammar, plugins, files);
  for (const auto& [form, entries] : by_form) {
    if (entries.size() < 2) continue;
    const auto together = [&](LexiconId a, LexiconId b) {
      return std::any_of(lists.begin(), lists.end(), [&](const auto& list) {
        return std::count(list.begin(), list.end(), a) != 0 && std::count(list.begin(), list.end(), b) != 0;
      });
    };
    for (std::size_t i = 1; i < entries.size(); ++i) {
      const LexiconId a = grammar.lexicons.lexicon_of(entries[0]), b = grammar.lexicons.lexicon_of(entries[i]);
      const auto first = places.place(entries[0]), second = places.place(entries[i]);
      if (a == b || !first || !second || !columns_differ(grammar, entries[0], entries[i]) || !together(a, b)) continue;
      loading::Diagnostic& d =
          findings.report(loading::Code::kSameForm, *second,
                          loading::quoted(form) + " stands in `" + std::string(grammar.lexicons.name(a)) +
                              "` with other columns, and a step names both lexicons");
      d.related.emplace_back(*first, "there; that entry counts");
    }
  }
}

}  // namespace kutip::authoring
