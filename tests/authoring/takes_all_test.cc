#include "authoring/takes_all.h"

#include <gtest/gtest.h>

#include <string>

#include "small_plugin.h"

namespace kutip::authoring {
namespace {

// Two rules, `a` with priority 60 and `b` with 50, each the rest of a rule's YAML mapping.
bool a_takes_all_of_b(const std::string& a, const std::string& b) {
  const std::string head = ", phase: quotes, ";
  const auto files = plugin_with(
      "schema: kutip.rules/v1\nplugin: p\nlexicons:\n  cue: {words: [kata, ujar]}\n  town: {words: [Bandung, Kota "
      "Bandung]}\nrules:\n  - {id: s, phase: speakers, pattern: [{tok: {lower: dia}, as: x}], "
      "emit: [{type: SPEAKER, span: $x}]}\n  - {id: a, priority: 60" +
      head + a + "}\n  - {id: b" + head + b + "}\n");
  const loading::LoadResult loaded = loading::load(files);
  if (loaded.rules == nullptr) {
    for (const auto& each : loaded.diagnostics) ADD_FAILURE() << loading::format_text(each, files);
    return false;
  }
  EXPECT_FALSE(takes_all(2, 1, loaded.rules->grammars().at(0), loaded.patterns->at(0)));
  return takes_all(1, 2, loaded.rules->grammars().at(0), loaded.patterns->at(0));
}

std::string with_pattern(const std::string& steps, const std::string& span = "$x") {
  return "pattern: [" + steps + "], emit: [{type: EVENT, span: " + span + "}]";
}

bool covers(const std::string& wide, const std::string& narrow) {
  return a_takes_all_of_b(with_pattern(wide), with_pattern(narrow));
}

TEST(TakesAll, EqualPatternsWithOtherNames) {
  EXPECT_TRUE(a_takes_all_of_b(with_pattern("{lex: cue}, {anno: SPEAKER, max: 3, as: x}"),
                               with_pattern("{lex: cue}, {anno: SPEAKER, max: 3, as: who}", "$who")));
}

TEST(TakesAll, FewerConditionsOnOneToken) {
  EXPECT_TRUE(covers("{tok: {lower: [di, ke]}}, {tok: {shape: [title, upper]}, as: x}",
                     "{tok: {lower: ke, sentence_initial: false}}, {tok: {shape: title, len: [2, 5]}, as: x}"));
  EXPECT_FALSE(covers("{tok: {lower: ke}}, {tok: {shape: title}, as: x}",
                      "{tok: {lower: [di, ke]}}, {tok: {shape: title}, as: x}"));
  EXPECT_FALSE(covers("{tok: {lower: ke, not_text: Ke}}, {tok: {shape: title}, as: x}",
                      "{tok: {lower: ke}}, {tok: {shape: title}, as: x}"));
}

TEST(TakesAll, MoreLexiconsAtTheAnchor) {
  EXPECT_TRUE(covers("{lex: [cue, town], as: x, anchor: true}", "{lex: town, as: x, anchor: true}"));
  // Not behind the anchor: a longer entry of the other lexicon could be taken, and the match be another.
  EXPECT_FALSE(covers("{tok: {lower: ke}, anchor: true}, {lex: [cue, town], as: x}",
                      "{tok: {lower: ke}, anchor: true}, {lex: town, as: x}"));
}

TEST(TakesAll, NotBehindAChoice) {
  // A gap that stops earlier makes another match.
  EXPECT_FALSE(covers("{tok: {lower: ke}, anchor: true}, {gap: {max: 3}}, {tok: {shape: [title, upper]}, as: x}",
                      "{tok: {lower: ke}, anchor: true}, {gap: {max: 3}}, {tok: {shape: title}, as: x}"));
  EXPECT_TRUE(covers("{tok: {lower: [ke, di]}, anchor: true}, {gap: {max: 3}}, {tok: {shape: title}, as: x}",
                     "{tok: {lower: ke}, anchor: true}, {gap: {max: 3}}, {tok: {shape: title}, as: x}"));
  // The other side of the anchor is matched by itself.
  EXPECT_TRUE(
      covers("{tok: {shape: [title, upper]}, as: x}, {tok: {lower: ke}, anchor: true}, {gap: {max: 3}}, "
             "{tok: {lower: dia}}",
             "{tok: {shape: title}, as: x}, {tok: {lower: ke}, anchor: true}, {gap: {max: 3}}, "
             "{tok: {lower: dia}}"));
}

TEST(TakesAll, OptionalStepsMustBeEqual) {
  EXPECT_TRUE(covers("{tok: {lower: ke}}, {tok: {text: \",\"}, optional: true}, {tok: {shape: title}, as: x}",
                     "{tok: {lower: ke}}, {tok: {text: \",\"}, optional: true}, {tok: {shape: title}, as: x}"));
  EXPECT_FALSE(covers("{tok: {lower: ke}}, {tok: {shape: title}, min: 0, max: 2}, {tok: {shape: title}, as: x}",
                      "{tok: {lower: ke}}, {tok: {shape: title}, min: 0, max: 1}, {tok: {shape: title}, as: x}"));
}

TEST(TakesAll, OtherSpansOrTypesAreNotTaken) {
  EXPECT_FALSE(a_takes_all_of_b(with_pattern("{tok: {lower: ke}, as: x}, {tok: {lower: dia}, as: z}", "$x"),
                                with_pattern("{tok: {lower: ke}, as: x}, {tok: {lower: dia}, as: z}", "$z")));
  EXPECT_FALSE(a_takes_all_of_b("pattern: [{tok: {lower: ke}, as: x}], emit: [{type: PERSON, span: $x}]",
                                with_pattern("{tok: {lower: ke}, as: x}")));
}

TEST(TakesAll, ExceptionsOfTheWinnerLetTheLoserThrough) {
  const std::string pattern = with_pattern("{tok: {lower: ke}, as: x}");
  const std::string but = ", suppress_when: [{id: e, where: before, pattern: [{tok: {lower: film}}]}]";
  EXPECT_FALSE(a_takes_all_of_b(pattern + but, pattern));
  EXPECT_TRUE(a_takes_all_of_b(pattern, pattern + but));
  EXPECT_TRUE(a_takes_all_of_b(pattern + but, pattern + but));
}

TEST(TakesAll, WhoMayNestOrOverlapStands) {
  const std::string pattern = with_pattern("{tok: {lower: ke}, as: x}");
  EXPECT_FALSE(a_takes_all_of_b(pattern, pattern + ", overlap: nest"));
  EXPECT_FALSE(a_takes_all_of_b(pattern, pattern + ", overlap: all"));
  EXPECT_FALSE(a_takes_all_of_b(pattern, pattern + ", unit: paragraph"));
}

}  // namespace
}  // namespace kutip::authoring
