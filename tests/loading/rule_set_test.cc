#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rule_files.h"
#include "text/normal_form.h"

// A set of two plugins that build on each other, as the rule set has it.
namespace kutip::loading {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LoadedPlugins : public testing::Test {
 protected:
  LoadedPlugins() : files_(files_below(KUTIP_SOURCE_DIR "/tests/loading/plugins")), result_(load(files_)) {}

  void SetUp() override { ASSERT_NE(result_.rules, nullptr) << text_of(result_, files_); }

  const tagging::Grammar& grammar() const { return result_.rules->grammars().at(0); }
  const tagging::Rule& rule(std::string_view id) const {
    const auto& rules = grammar().rules;
    const auto at = std::find_if(rules.begin(), rules.end(), [id](const auto& r) { return r.id == id; });
    EXPECT_NE(at, rules.end()) << id;
    return *at;
  }
  std::vector<std::string> values(std::string_view lexicon, std::string_view column) const {
    const matching::LexiconSet& set = grammar().lexicons;
    std::vector<std::string> found;
    for (matching::EntryId entry = 0; entry < set.entry_count(); ++entry) {
      const matching::LexiconId id = set.lexicon_of(entry);
      if (set.name(id) == lexicon) found.emplace_back(set.value(entry, set.column(id, column)));
    }
    return found;
  }
  const tagging::FieldSource& field(std::string_view id, tagging::Field f) const {
    return rule(id).emits.at(0).field(f);
  }

  std::vector<SourceFile> files_;
  LoadResult result_;
};

TEST_F(LoadedPlugins, NothingIsReported) {
  EXPECT_EQ(text_of(result_, files_), "");
}

TEST_F(LoadedPlugins, NeededPluginsComeFirst) {
  std::vector<std::string> names;
  for (const auto& plugin : result_.rules->plugins()) names.push_back(plugin.name + " " + plugin.version);
  EXPECT_THAT(names, ElementsAre("base 1.2.0", "mini 0.3.1"));
  EXPECT_EQ(result_.rules->plugins()[1].rule_count, 4u);
  EXPECT_EQ(result_.rules->plugins()[0].lexicon_entry_count, 6u);
}

TEST_F(LoadedPlugins, PluginsOfOneLanguageMakeOneGrammar) {
  ASSERT_EQ(result_.rules->grammars().size(), 1u);
  EXPECT_EQ(grammar().language, "id");
  EXPECT_EQ(result_.rules->grammar("id-ID"), &grammar());
  EXPECT_THAT(grammar().plugins, ElementsAre(0, 1));
}

TEST_F(LoadedPlugins, PhasesAreMergedInOrder) {
  std::vector<std::string> names;
  for (const tagging::Phase& phase : grammar().phases) names.push_back(phase.name);
  EXPECT_THAT(names, ElementsAre("names", "speakers", "quotes"));
  EXPECT_TRUE(grammar().phases[0].has_aliases);
  EXPECT_FALSE(grammar().phases[2].has_aliases);
}

TEST_F(LoadedPlugins, LabelsFollowTheTypesOfEveryGrammar) {
  ASSERT_EQ(grammar().types.size(), tagging::kFirstLabel + 2u);
  EXPECT_EQ(grammar().types[tagging::kFirstLabel].name, "PLACE");
  EXPECT_TRUE(grammar().types[tagging::kFirstLabel].internal);
  EXPECT_EQ(grammar().types[tagging::kFirstLabel + 1].name, "EVENT");
  EXPECT_FALSE(grammar().types[tagging::kFirstLabel + 1].internal);
}

TEST_F(LoadedPlugins, SettingsOfRulesArrive) {
  const tagging::Rule& direct = rule("direct.cue_speaker");
  EXPECT_EQ(direct.priority, 80);
  EXPECT_EQ(direct.unit, tagging::Unit::kParagraph);
  EXPECT_EQ(direct.overlap, tagging::Overlap::kLongest);
  EXPECT_EQ(direct.phase, 2u);
  EXPECT_EQ(direct.plugin, 1u);
  EXPECT_EQ(direct.confidence, std::nullopt);
  EXPECT_EQ(files_[direct.mark.file].path, "mini/quotes.yaml");
  EXPECT_EQ(direct.mark.line, 11u);
  EXPECT_EQ(rule("speaker.pronoun").confidence, 0.75f);
  EXPECT_EQ(rule("speaker.pronoun").priority, 40);
  EXPECT_EQ(rule("organization.known").priority, 50);
  EXPECT_EQ(rule("organization.known").overlap, tagging::Overlap::kNest);
}

TEST_F(LoadedPlugins, ExceptionsChecksAndAliasesArrive) {
  const tagging::Rule& direct = rule("direct.cue_speaker");
  ASSERT_EQ(direct.exceptions.size(), 1u);
  EXPECT_EQ(direct.exceptions[0].id, "film_title");
  EXPECT_EQ(direct.exceptions[0].where, tagging::Exception::Where::kBefore);
  EXPECT_EQ(rule("event.named").checks.size(), 1u);
  ASSERT_EQ(rule("person.title_name").aliases.size(), 1u);
  EXPECT_TRUE(rule("person.title_name").aliases[0].parts);
  EXPECT_EQ(rule("person.title_name").aliases[0].of, 1);
}

TEST_F(LoadedPlugins, CapturesAreNumberedAsTheyStand) {
  const tagging::Rule& direct = rule("direct.cue_speaker");
  EXPECT_EQ(direct.program.capture_count(), 3u);
  EXPECT_THAT(direct.emits.at(0).span, ElementsAre(0));
  EXPECT_EQ(std::get<tagging::CaptureRef>(direct.emits[0].field(tagging::Field::kCue)).capture, 1);
  EXPECT_EQ(std::get<tagging::CaptureRef>(direct.emits[0].field(tagging::Field::kSpeaker)).capture, 2);
}

TEST_F(LoadedPlugins, MatchAsSpanIsTheWholeMatch) {
  EXPECT_THAT(rule("event.named").emits.at(0).span, IsEmpty());
}

TEST_F(LoadedPlugins, ConstantsAreWhatTheirFieldDemands) {
  EXPECT_EQ(std::get<tagging::Constant>(field("speaker.pronoun", tagging::Field::kForm)).value, tagging::kFormPronoun);
  EXPECT_EQ(std::get<tagging::Constant>(field("organization.known", tagging::Field::kForm)).value,
            tagging::kFormAcronym);
  EXPECT_EQ(std::get<tagging::Constant>(field("direct.cue_speaker", tagging::Field::kContinues)).value,
            static_cast<std::uint32_t>(tagging::Continues::kParagraph));
  const auto value = std::get<tagging::Constant>(field("event.named", tagging::Field::kValue)).value;
  EXPECT_EQ(grammar().constants.at(value), "summit");
}

TEST_F(LoadedPlugins, LemmaOfAQuoteIsThatOfItsCue) {
  const auto lemma = std::get<tagging::CaptureRef>(field("direct.cue_speaker", tagging::Field::kLemma));
  EXPECT_EQ(lemma.capture, 1);
  const matching::LexiconSet& set = grammar().lexicons;
  for (matching::LexiconId id = 0; id < set.lexicon_count(); ++id)
    if (set.name(id) == "cue_after" || set.name(id) == "cue_nya") {
      EXPECT_EQ(set.column(id, "lemma"), lemma.column);
    }
}

TEST_F(LoadedPlugins, FormsAndLemmasOfLexicons) {
  EXPECT_THAT(values("cue_after", "form"), ElementsAre("kata", "ujar", "ajar"));
  EXPECT_THAT(values("cue_after", "lemma"), ElementsAre("kata", "ujar", "ujar"));
  EXPECT_THAT(values("cue_nya", "form"), ElementsAre("katanya", "ujarnya", "ajarnya"));
  EXPECT_THAT(values("cue_nya", "lemma"), ElementsAre("kata", "ujar", "ujar"));
}

TEST_F(LoadedPlugins, ColumnsAreReadByName) {
  const auto name = std::get<tagging::CaptureRef>(field("organization.known", tagging::Field::kName));
  const auto id = std::get<tagging::CaptureRef>(field("organization.known", tagging::Field::kId));
  EXPECT_THAT(values("organization", "name"), ElementsAre("Perserikatan Bangsa-Bangsa", "Bank Indonesia"));
  EXPECT_THAT(values("organization", "wikidata"), ElementsAre("wikidata:Q1065", ""));
  const matching::LexiconSet& set = grammar().lexicons;
  for (matching::LexiconId lexicon = 0; lexicon < set.lexicon_count(); ++lexicon) {
    if (set.name(lexicon) != "organization") continue;
    EXPECT_EQ(set.column(lexicon, "name"), name.column);
    EXPECT_EQ(set.column(lexicon, "wikidata"), id.column);
  }
}

TEST_F(LoadedPlugins, TextSettingsOfAllPluginsCount) {
  const auto word = [&](std::string_view form) { return grammar().vocabulary.find(text::normal_form(form)); };
  EXPECT_TRUE(grammar().text_rules.is_abbreviation(word("Tbk")));
  EXPECT_FALSE(grammar().text_rules.is_abbreviation(word("kata")));
  EXPECT_EQ(grammar().function_words.at(word("yang")), 1);
  EXPECT_EQ(grammar().function_words.at(word("kata")), 0);
  EXPECT_THAT(grammar().text_rules.split_suffixes, ElementsAre("'s"));
}

TEST_F(LoadedPlugins, OrderOfFilesDoesNotMatter) {
  std::vector<SourceFile> reversed(files_.rbegin(), files_.rend());
  const LoadResult again = load(reversed);
  ASSERT_NE(again.rules, nullptr);
  EXPECT_EQ(again.rules->digest(), result_.rules->digest());
  EXPECT_EQ(again.rules->grammars()[0].rules[0].id, grammar().rules[0].id);
  EXPECT_EQ(again.rules->plugins()[0].name, "base");
}

TEST_F(LoadedPlugins, DigestChangesWithAnyByte) {
  const std::string before = result_.rules->digest();
  EXPECT_EQ(before.size(), 64u);
  files_.back().content += "# a comment\n";
  const LoadResult changed = load(files_);
  ASSERT_NE(changed.rules, nullptr);
  EXPECT_NE(changed.rules->digest(), before);
}

}  // namespace
}  // namespace kutip::loading
