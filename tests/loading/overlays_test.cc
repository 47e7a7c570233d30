#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rule_files.h"

namespace kutip::loading {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kRules = R"(schema: kutip.rules/v1
plugin: p
lexicons:
  cue_nya: {from: cue, suffix: nya}
rules:
  - id: plain
    phase: quotes
    priority: 70
    pattern: [{lex: cue}]
    emit: [{type: QUOTE, span: $match}]
    suppress_when:
      - {id: film, where: before, pattern: [{tok: {lower: film}}]}
  - id: suffixed
    phase: quotes
    pattern: [{lex: cue_nya}]
    emit: [{type: QUOTE, span: $match}]
)";

constexpr std::string_view kBase = "base: {plugin: p, version: \">=0.1 <1\"}\n";

LoadResult load_with(std::string_view overlay, std::optional<Date> today = std::nullopt) {
  auto files = plugin_with_rules(kRules);
  files.push_back({"desk/overlay.yaml", "schema: kutip.overlay/v1\n" + std::string(kBase) + std::string(overlay)});
  if (overlay.find("more.tsv") != overlay.npos) files.push_back({"desk/more.tsv", "tutur\ntuturan\ttutur\n"});
  return load(files, today);
}

std::vector<std::string> forms(const tagging::Grammar& grammar, std::string_view lexicon) {
  std::vector<std::string> found;
  for (matching::EntryId entry = 0; entry < grammar.lexicons.entry_count(); ++entry)
    if (grammar.lexicons.name(grammar.lexicons.lexicon_of(entry)) == lexicon)
      found.emplace_back(grammar.lexicons.value(entry, 0));
  return found;
}

const tagging::Rule* rule(const tagging::Grammar& grammar, std::string_view id) {
  for (const tagging::Rule& r : grammar.rules)
    if (r.id == id) return &r;
  return nullptr;
}

TEST(Overlays, AddAndRemoveEntriesAndWhatIsMadeOfThem) {
  const LoadResult result = load_with(R"(changes:
  - {lexicon: cue, remove: [kata], add: [ucap, {form: ungkapkan, lemma: ungkap}], file: more.tsv, reason: Ours}
)");
  ASSERT_NE(result.rules, nullptr);
  const tagging::Grammar& grammar = result.rules->grammars().at(0);
  EXPECT_THAT(forms(grammar, "cue"), ElementsAre("mengatakan", "ucap", "ungkapkan", "tutur", "tuturan"));
  EXPECT_THAT(forms(grammar, "cue_nya"),
              ElementsAre("mengatakannya", "ucapnya", "ungkapkannya", "tuturnya", "tuturannya"));
}

TEST(Overlays, AnEntryIsReplacedByRemovingAndAddingIt) {
  const LoadResult result = load_with(R"(changes:
  - {lexicon: cue, remove: [kata], add: [{form: kata, lemma: berkata}], reason: Ours}
)");
  ASSERT_NE(result.rules, nullptr);
  EXPECT_TRUE(result.diagnostics.empty());
}

TEST(Overlays, SwitchARuleOff) {
  const LoadResult result = load_with("changes:\n  - {rule: plain, disable: true, reason: Not here}\n");
  ASSERT_NE(result.rules, nullptr);
  EXPECT_EQ(rule(result.rules->grammars().at(0), "plain"), nullptr);
  EXPECT_NE(rule(result.rules->grammars().at(0), "suffixed"), nullptr);
}

TEST(Overlays, ReplaceAndAppendKeysOfARule) {
  const LoadResult result = load_with(R"(changes:
  - rule: plain
    replace: {priority: 45, confidence: 0.5}
    append: {suppress_when: [{id: book, where: before, pattern: [{tok: {lower: buku}}]}]}
    reason: Lower
)");
  ASSERT_NE(result.rules, nullptr);
  const tagging::Rule& changed = *rule(result.rules->grammars().at(0), "plain");
  EXPECT_EQ(changed.priority, 45);
  EXPECT_EQ(changed.confidence, 0.5f);
  EXPECT_THAT(changed.exceptions, SizeIs(2));
}

TEST(Overlays, MakeAPluginOfTheirOwn) {
  const LoadResult result = load_with(R"(makes: {plugin: q, version: 2.0.0, language: ms, title: Another}
changes:
  - {lexicon: cue, add: [cakap], reason: Another language}
  - {rule: suffixed, disable: true, reason: Not there}
)");
  ASSERT_NE(result.rules, nullptr);
  const tagging::Grammar& base = *result.rules->grammar("id");
  const tagging::Grammar& made = *result.rules->grammar("ms");
  EXPECT_THAT(forms(base, "cue"), ElementsAre("kata", "mengatakan"));
  EXPECT_THAT(forms(made, "cue"), ElementsAre("kata", "mengatakan", "cakap"));
  EXPECT_NE(rule(base, "suffixed"), nullptr);
  EXPECT_EQ(rule(made, "suffixed"), nullptr);
  const tagging::PluginInfo& info = result.rules->plugins().at(made.plugins.at(0));
  EXPECT_EQ(info.name + " " + info.version, "q 2.0.0");
}

TEST(Overlays, WhatHasExpiredIsToldAndStillCounts) {
  constexpr std::string_view kOverlay = R"(changes:
  - {rule: plain, disable: true, expires: "2026-03-31", reason: Until spring}
)";
  EXPECT_TRUE(load_with(kOverlay).diagnostics.empty());
  EXPECT_TRUE(load_with(kOverlay, Date{2026, 3, 31}).diagnostics.empty());
  const LoadResult late = load_with(kOverlay, Date{2026, 4, 1});
  ASSERT_THAT(late.diagnostics, SizeIs(1));
  EXPECT_EQ(late.diagnostics[0].code, "W711");
  EXPECT_THAT(late.diagnostics[0].message, HasSubstr("`plain`"));
  ASSERT_NE(late.rules, nullptr);
  EXPECT_EQ(rule(late.rules->grammars().at(0), "plain"), nullptr);
}

TEST(Overlays, TheirOrderDoesNotCount) {
  auto files = plugin_with_rules(kRules);
  const std::string head = "schema: kutip.overlay/v1\n" + std::string(kBase);
  files.push_back({"a.overlay.yaml", head + "changes:\n  - {lexicon: cue, remove: [kata], reason: Not here}\n"});
  files.push_back({"b.overlay.yaml", head + "changes:\n  - {lexicon: cue, add: [{form: kata}], reason: Here}\n"});
  const LoadResult result = load(files);
  ASSERT_NE(result.rules, nullptr);
  EXPECT_THAT(forms(result.rules->grammars().at(0), "cue"), ElementsAre("mengatakan", "kata"));
}

TEST(Dates, AreDaysThatExist) {
  EXPECT_EQ(parse_date("2026-12-31"), (Date{2026, 12, 31}));
  EXPECT_EQ(parse_date("2024-02-29"), (Date{2024, 2, 29}));
  for (const std::string_view bad :
       {"2026-02-29", "2026-13-01", "2026-1-1", "31-12-2026", "", "2026/12/31", "2026-0x-01"})
    EXPECT_EQ(parse_date(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace kutip::loading
