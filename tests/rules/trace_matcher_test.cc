// The interpreter behind `kutip explain` against the search that the engine uses: every shipped rule on the sentences
// of all tests.
#include "authoring/trace_matcher.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "authoring/rule_exceptions.h"
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

// What the interpreter matches around its own candidates is among those of the engine.
void expect_all_matches_found(const authoring::ExplainedRules& rules, std::uint32_t phase,
                              const matching::MatchInput& input, const std::vector<matching::Candidate>& found) {
  const text::Document& d = input.document;
  for (matching::RuleId id = 0; id < rules.grammar.rules.size(); ++id) {
    const tagging::Rule& rule = rules.grammar.rules[id];
    if (rule.phase != phase) continue;
    authoring::TraceMatcher interpreter(rules.patterns[id].pattern, input, {rules.grammar, rules.cover});
    for (const matching::Candidate& own : interpreter.candidates()) {
      const text::TokenRange unit = authoring::unit_around(d, rule.unit, own.range.begin);
      if (!interpreter.match(own, unit).matched) continue;
      const bool known = std::any_of(found.begin(), found.end(), [&](const matching::Candidate& c) {
        return c.rule == id && c.range == own.range && c.annotation == own.annotation;
      });
      ASSERT_TRUE(known) << rule.id << ": " << d.text();
    }
  }
}

// The engine passes over candidates in whose sentence something is missing, so that only matches must be among its own.
void compare(const authoring::ExplainedRules& rules, std::uint32_t phase, matching::CandidateFinder::Memory& memory,
             const matching::MatchInput& input, Tally& tally) {
  const tagging::Grammar& grammar = rules.grammar;
  std::vector<matching::Candidate> candidates;
  if (phase == 0) grammar.finder.read_text(input, memory);
  grammar.finder.find(phase, input, memory, candidates);
  matching::Matcher matcher;
  for (const matching::Candidate& candidate : candidates) {
    const tagging::Rule& rule = grammar.rules[candidate.rule];
    const text::Document& d = input.document;
    const text::TokenRange unit = authoring::unit_around(d, rule.unit, candidate.range.begin);
    authoring::TraceMatcher interpreter(rules.patterns[candidate.rule].pattern, input, {grammar, rules.cover});
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
  expect_all_matches_found(rules, phase, input, candidates);
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
    const authoring::ExplainedRules rules(*loaded.rules, grammar, loaded.patterns->at(g), files);
    matching::CandidateFinder::Memory memory;
    options.on_phase = [&](std::uint32_t phase, const matching::MatchInput& input) {
      if (!testing::Test::HasFatalFailure()) compare(rules, phase, memory, input, tally);
    };
    for (const std::string& sentence : test_sentences(files, grammar.language))
      tagging::annotate(*loaded.rules, grammar, sentence, options, workspace, found);
  }
  EXPECT_GT(tally.matches, 1'000);
  EXPECT_GT(tally.misses, 1'000);
  EXPECT_LT(tally.abandoned, 10);
}

// What a thread has by default; the frames of sanitizers are several times as large.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kStackBytes = 64 << 20;
#else
constexpr std::size_t kStackBytes = 8 << 20;
#endif

// Does the work on a thread whose stack is of that size, whatever this one has.
void with_known_stack(std::function<void()> work) {
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, kStackBytes), 0);
  const auto run = [](void* given) -> void* {
    (*static_cast<std::function<void()>*>(given))();
    return nullptr;
  };
  pthread_t thread;
  ASSERT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

// A rule that wants `groups` times 64 words behind its anchor, each inside a group of steps.
std::vector<loading::SourceFile> deep_rule(int groups) {
  std::string rules =
      "schema: kutip.rules/v1\nplugin: t\nrules:\n  - id: deep\n    phase: labels\n    unit: paragraph\n"
      "    pattern:\n      - {tok: {lower: pesta}, as: event, anchor: true}\n";
  for (int i = 0; i < groups; ++i) rules += "      - {seq: [{tok: {shape: lower}}], min: 64, max: 64}\n";
  rules += "    emit: [{type: EVENT, span: $event, fields: {value: festival}}]\n";
  const std::string manifest =
      "schema: kutip.plugin/v1\nplugin: t\nversion: 1.0.0\nengine: \">=0.1 <1\"\nlanguage: id\ntitle: Deep\n"
      "maintainers: [kutip]\nlicense: Apache-2.0\nneeds: {}\nphases: [labels]\nfiles: [rules.yaml]\n"
      "labels:\n  EVENT: {title: Event}\n";
  return {{"t/plugin.yaml", manifest}, {"t/rules.yaml", rules}};
}

// How the interpreter gets on with the one rule, in a paragraph of 6,000 words.
authoring::MatchTrace trace_of(const std::vector<loading::SourceFile>& files) {
  const loading::LoadResult loaded = loading::load(files);
  if (loaded.rules == nullptr) {
    ADD_FAILURE() << loading::format_text(loaded.diagnostics.at(0), files);
    return {};
  }
  std::string text = "pesta";
  for (int i = 0; i < 6'000; ++i) text += " laut";
  const tagging::Grammar& grammar = loaded.rules->grammars()[0];
  const authoring::ExplainedRules rules(*loaded.rules, grammar, loaded.patterns->at(0), files);
  authoring::MatchTrace trace;
  tagging::AnnotateOptions options;
  options.on_phase = [&](std::uint32_t, const matching::MatchInput& input) {
    authoring::TraceMatcher interpreter(rules.patterns[0].pattern, input, {grammar, rules.cover});
    const auto candidates = interpreter.candidates();
    ASSERT_EQ(candidates.size(), 1U);
    trace = interpreter.match(candidates[0], authoring::unit_around(input.document, grammar.rules[0].unit, 0));
  };
  tagging::Workspace workspace;
  tagging::Annotations found;
  tagging::annotate(*loaded.rules, grammar, text, options, workspace, found);
  return trace;
}

TEST(TraceMatcher, GivesUpBeforeItsStackEnds) {
  with_known_stack([] {
    const authoring::MatchTrace shallow = trace_of(deep_rule(8));
    EXPECT_FALSE(shallow.gave_up);
    EXPECT_TRUE(shallow.matched);
    EXPECT_TRUE(trace_of(deep_rule(62)).gave_up);
  });
}

}  // namespace
}  // namespace kutip
