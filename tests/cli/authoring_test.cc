// The commands of rule authors, run as people run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "folder.h"
#include "run_program.h"

namespace kutip::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kManifest = R"(schema: kutip.plugin/v1
plugin: p
version: 0.1.0
engine: ">=0.1 <1"
language: id
title: A plugin
phases: [quotes]
files: [rules.yaml]
)";

std::string rules(const std::string& cue, const std::string& mark = "[[quote|“Ya,”]]") {
  return "schema: kutip.rules/v1\nplugin: p\nrules:\n  - id: r\n    phase: quotes\n    pattern: [{anno: QUOTED, as: "
         "quote}, {tok: {lower: " +
         cue + "}}]\n    emit: [{type: QUOTE, span: $quote}]\n    tests:\n      - text: |-\n          " + mark + " " +
         cue + " dia.\n      - {none: true, text: Hujan turun.}\n";
}

class Authoring : public testing::Test {
 protected:
  std::string plugin(const std::string& folder, const std::string& content) {
    disk_.write(folder + "/p/plugin.yaml", kManifest);
    disk_.write(folder + "/p/rules.yaml", content);
    return disk_.path() + "/" + folder;
  }
  Folder disk_;
};

TEST_F(Authoring, TestPassesOrTellsWhatFailed) {
  EXPECT_EQ(run({"test", "--rules", plugin("good", rules("kata"))}).out, "2 tests: 2 passed, 0 failed, 0 to do\n");
  const Outcome bad = run({"test", "--rules", plugin("bad", rules("kata", "“[[quote|Ya]],”"))});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(bad.out, HasSubstr("p/rules.yaml:9:9  p/r"));
  EXPECT_THAT(bad.out, HasSubstr("- quote: "));
  EXPECT_EQ(run({"test", "unknown", "--rules", disk_.path() + "/good"}).exit_code, 2);
}

TEST_F(Authoring, TestUpdatesMarksAndWritesJunit) {
  const std::string folder = plugin("rules", rules("kata", "“[[quote|Ya]],”"));
  const Outcome updated = run({"test", "--update", "--rules", folder, "--junit", disk_.path() + "/junit.xml"});
  EXPECT_THAT(updated.out, HasSubstr("updated the marks of 1 tests"));
  EXPECT_EQ(disk_.read("rules/p/rules.yaml"), rules("kata"));
  EXPECT_THAT(disk_.read("junit.xml"), HasSubstr("failures=\"1\""));
  EXPECT_EQ(run({"test", "--rules", folder}).exit_code, 0);
}

TEST_F(Authoring, EvalMeasuresInTotalAndByRule) {
  const std::string gold = disk_.write(
      "gold.jsonl",
      R"({"id": "a", "lang": "id", "text": "“Ya,” kata dia. “Tidak,” ujar dia.", "quotes": [{"kind": "direct", "fragments": [[0, 5]], "cue": [], "speaker": []}, {"kind": "direct", "fragments": [[16, 24]], "cue": [], "speaker": []}]})"
      "\n");
  const std::string folder = plugin("rules", rules("kata"));
  const Outcome json = run({"eval", gold, "--rules", folder, "--format", "json"});
  ASSERT_EQ(json.exit_code, 0) << json.err;
  const auto scores = nlohmann::json::parse(json.out);
  EXPECT_EQ(scores["quotes"]["overlap"]["p"], 100.0);
  EXPECT_EQ(scores["quotes"]["overlap"]["r"], 50.0);
  EXPECT_EQ(scores["rules"]["quotes"]["p/r"]["f1"], 66.7);
  EXPECT_EQ(scores["errors"].size(), 1u);
  const Outcome text = run({"eval", gold, "--rules", folder});
  EXPECT_THAT(text.out, HasSubstr("quotes, missed: 1\n  a:16  “Tidak,”"));
}

TEST_F(Authoring, EvalRefusesWhatIsNoGold) {
  const std::string folder = plugin("rules", rules("kata"));
  const std::string bad = disk_.write("bad.jsonl", R"({"id": "a", "text": "Ya", "quotes": [{"fragments": [[0, 9]]}]})");
  const Outcome outcome = run({"eval", bad, "--rules", folder});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("bad.jsonl:1: a span reaches over the text"));
  EXPECT_EQ(run({"eval", disk_.path() + "/none.jsonl", "--rules", folder}).exit_code, 2);
  EXPECT_EQ(run({"eval", folder, "--rules", folder}).exit_code, 2) << "a folder";
  const Outcome empty = run({"eval", disk_.write("empty.jsonl", "\n"), "--rules", folder});
  EXPECT_EQ(empty.exit_code, 2);
  EXPECT_NE(empty.err.find("no articles in it"), std::string::npos) << empty.err;
}

TEST_F(Authoring, DiffTellsWhatAChangeAddsAndTakesAway) {
  const std::string before = plugin("before", rules("kata")), after = plugin("after", rules("ujar"));
  const std::string text = disk_.write("a.txt", "“Ya,” kata dia. “Tidak,” ujar dia.");
  const Outcome outcome = run({"diff", before, after, text});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("- quote 0-5  “Ya,”  (p/r)\n+ quote 16-24  “Tidak,”  (p/r)\n"));
  EXPECT_THAT(outcome.out, HasSubstr("1 added, 1 removed, 0 changed, in 1 of 1 texts"));
  EXPECT_EQ(run({"diff", before, before, text}).exit_code, 0);
}

TEST_F(Authoring, ExplainTellsWhyNot) {
  const std::string folder = plugin("rules", rules("kata"));
  const Outcome miss = run({"explain", "r", "--rules", folder, "--text", "“Ya,” ujar dia."});
  EXPECT_EQ(miss.exit_code, 0);
  EXPECT_THAT(miss.out, HasSubstr("NO ANCHOR   p/r"));
  const Outcome match = run({"explain", "--rules", folder}, "“Ya,” kata dia.");
  EXPECT_THAT(match.out, HasSubstr("MATCH       p/r  (p/rules.yaml:4:5)"));
  EXPECT_EQ(run({"explain", "q", "--rules", folder, "--text", "Ya"}).exit_code, 2);
}

TEST_F(Authoring, LintSpeaksToPeopleAndToPrograms) {
  const std::string folder = plugin("rules", rules("kata") + "lexicons:\n  verb: {words: [kata]}\n");
  const Outcome text = run({"lint", folder});
  EXPECT_EQ(text.exit_code, 0);
  EXPECT_THAT(text.out, HasSubstr("warning[W801]: nothing uses the lexicon `verb`"));
  EXPECT_THAT(text.out, HasSubstr("worst cost: "));
  EXPECT_THAT(run({"lint", folder, "--costs"}).out, HasSubstr("  p/r\n"));
  const auto json = nlohmann::json::parse(run({"lint", folder, "--format", "json"}).out);
  ASSERT_EQ(json["diagnostics"].size(), 1u);
  EXPECT_EQ(json["diagnostics"][0]["code"], "W801");
  EXPECT_EQ(json["diagnostics"][0]["line"], 13);
  EXPECT_EQ(json["diagnostics"][0]["column"], 3);

  const std::string bad = plugin("bad", "schema: kutip.rules/v1\nplugin: p\nrulez: []\n");
  const Outcome sarif = run({"lint", bad, "--format", "sarif"});
  EXPECT_EQ(sarif.exit_code, 1);
  const auto log = nlohmann::json::parse(sarif.out);
  EXPECT_EQ(log["version"], "2.1.0");
  const auto& result = log["runs"][0]["results"][0];
  EXPECT_EQ(result["ruleId"], "E303");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
  EXPECT_EQ(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "rules");
}

TEST_F(Authoring, NewMakesAPluginWithOneTestThatFails) {
  EXPECT_EQ(run({"new", "fresh", "--language", "en", "--rules", disk_.path()}).exit_code, 0);
  EXPECT_EQ(run({"lint", disk_.path()}).exit_code, 0);
  const Outcome first = run({"test", "--rules", disk_.path()});
  EXPECT_EQ(first.exit_code, 1);
  EXPECT_THAT(first.out, HasSubstr("5 tests: 4 passed, 1 failed"));
  disk_.write("fresh/lexicons/cue.tsv", disk_.read("fresh/lexicons/cue.tsv") + "adds\tadd\n");
  EXPECT_EQ(run({"test", "--rules", disk_.path()}).exit_code, 0);
  EXPECT_EQ(run({"new", "fresh", "--language", "en", "--rules", disk_.path()}).exit_code, 2);
  EXPECT_EQ(run({"new", "../x", "--language", "en", "--rules", disk_.path()}).exit_code, 2);
  EXPECT_EQ(run({"new", "other", "--language", "x y", "--rules", disk_.path()}).exit_code, 2);
}

TEST_F(Authoring, FmtTidiesAndChecks) {
  const std::string folder = plugin("rules", rules("kata") + "\n\n\n# end  \n\n");
  EXPECT_EQ(run({"fmt", "--check", folder}).out, "p/rules.yaml\n");
  EXPECT_EQ(run({"fmt", "--check", folder}).exit_code, 1);
  EXPECT_EQ(run({"fmt", folder}).exit_code, 0);
  EXPECT_EQ(disk_.read("rules/p/rules.yaml"), rules("kata") + "\n# end\n");
  EXPECT_EQ(run({"fmt", "--check", folder}).exit_code, 0);
}

TEST_F(Authoring, ProfileListsRules) {
  const std::string folder = plugin("rules", rules("kata"));
  const Outcome outcome = run({"profile", "-", "--rules", folder}, "“Ya,” kata dia. “Tidak,” ujar dia.");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("id: 2 sentences"));
  EXPECT_THAT(outcome.out, HasSubstr("p/r"));
  EXPECT_THAT(outcome.out, HasSubstr("1 of 1 rules ran"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("  1 {")));
}

TEST_F(Authoring, ProfileListsSteps) {
  const std::string folder = plugin("rules", rules("kata"));
  const Outcome outcome = run({"profile", "-", "--rules", folder, "--steps"}, "“Ya,” kata dia. “Tidak,” ujar dia.");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("\n  1 {"));
}

}  // namespace
}  // namespace kutip::cli
