// The interpreter behind `kutip explain` against the search that the engine uses: every shipped rule on the sentences
// of all tests.
#include "authoring/trace_matcher.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "loading/load.h"
#include "loading/marked_text.h"
#include "loading/parse_plugins.h"
#include "store/rules_folder.h"
#include "tagging/annotate.h"

namespace kutip {
namespace {

struct Tally {
  int matches = 0, misses = 0, abandoned = 0;
};

bool same(const matching::Match& a, const matching::Match& b) {
  if (a.range != b.range || a.captures.size() != b.captures.size()) return false;
  for (std::size_t i = 0; i < a.captures.size(); ++i) {
    const matching::Capture &x = a.captures[i], &y = b.captures[i];
    if (x.taken != y.taken) return false;
    if (x.taken && (x.range != y.range || x.annotation != y.annotation || x.entry != y.entry)) return false;
  }
  return true;
}

void compare(const tagging::Grammar& grammar, const std::vector<loading::RulePatterns>& patterns, std::uint32_t phase,
             const matching::MatchInput& input, Tally& tally) {
  std::vector<matching::Candidate> candidates;
  grammar.phases[phase].finder.find(input, candidates);
  matching::Matcher matcher;
  for (const matching::Candidate& candidate : candidates) {
    const tagging::Rule& rule = grammar.rules[candidate.rule];
    const text::Document& d = input.document;
    const text::TokenRange unit = rule.unit == tagging::Unit::kSentence
                                      ? d.sentences()[d.sentence_of(candidate.range.begin)]
                                      : d.paragraphs()[d.paragraph_of(candidate.range.begin)];
    authoring::TraceMatcher interpreter(patterns[candidate.rule].pattern, input, grammar);
    const authoring::MatchTrace trace = interpreter.match(candidate, unit);
    if (trace.gave_up) {
      ++tally.abandoned;
      continue;
    }
    matching::Match match;
    const bool matched = matcher.match(rule.program, input, candidate, unit, match);
    ASSERT_EQ(matched, trace.matched) << rule.id << ": " << d.text();
    if (matched) {
      ASSERT_TRUE(same(match, trace.match)) << rule.id << ": " << d.text();
    }
    ++(matched ? tally.matches : tally.misses);
  }
}

std::vector<std::string> test_sentences(const std::vector<loading::SourceFile>& files, std::string_view language) {
  std::vector<std::string> sentences;
  loading::Findings findings;
  for (const loading::PluginSpec& plugin : loading::parse_plugins(files, findings))
    for (const loading::RuleFileSpec& file : plugin.files)
      for (const loading::RuleSpec& rule : file.rules)
        for (const loading::TestSpec& test : rule.tests)
          if (plugin.manifest.language.value == language)
            sentences.push_back(loading::remove_marks(test.text, findings).text);
  return sentences;
}

TEST(TraceMatcher, AgreesWithTheEngineOnShippedRules) {
  const auto read = store::read_rules_folder(KUTIP_SOURCE_DIR "/rules");
  const auto& files = std::get<std::vector<loading::SourceFile>>(read);
  const loading::LoadResult loaded = loading::load(files);
  ASSERT_NE(loaded.rules, nullptr);
  Tally tally;
  for (std::size_t g = 0; g < loaded.rules->grammars().size(); ++g) {
    const tagging::Grammar& grammar = loaded.rules->grammars()[g];
    tagging::Workspace workspace;
    tagging::Annotations found;
    tagging::AnnotateOptions options;
    options.on_phase = [&](std::uint32_t phase, const matching::MatchInput& input) {
      if (!testing::Test::HasFatalFailure()) compare(grammar, loaded.patterns->at(g), phase, input, tally);
    };
    for (const std::string& sentence : test_sentences(files, grammar.language))
      tagging::annotate(*loaded.rules, grammar, sentence, options, workspace, found);
  }
  EXPECT_GT(tally.matches, 1'000);
  EXPECT_GT(tally.misses, 5'000);
  EXPECT_LT(tally.abandoned, 10);
}

}  // namespace
}  // namespace kutip
