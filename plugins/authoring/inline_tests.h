#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "authoring/edits.h"
#include "loading/diagnostic.h"
#include "loading/plugin_spec.h"
#include "tagging/rule_set.h"

// The tests that stand beside rules: sentences with what the rule must capture in them, or must leave alone.
namespace kutip::authoring {

enum class TestOutcome : std::uint8_t {
  kPassed,
  kFailed,
  kExpectedFailure,  // marked `todo`, and fails as it says
  kUnexpectedPass,   // marked `todo`, but passes: the mark can go
};

struct TestResult {
  std::string plugin, rule, name;
  loading::SourceRange where;
  TestOutcome outcome = TestOutcome::kPassed;
  std::string message;  // what was expected and what came instead; empty if all is well
  // What would make the test pass: its marks as the rule captures now. Empty: nothing is wrong with the marks, or the
  // rule does not match, or the place is no plain text of this plugin's own files.
  std::vector<Edit> update;
};

// A rule that lacks a test of one sort.
struct UntestedRule {
  std::string plugin, rule;
  loading::SourceRange where;
  bool no_positive = false, no_negative = false;
};

struct TestReport {
  std::vector<TestResult> results;  // in order of plugins, files and lines
  std::vector<UntestedRule> untested;
  bool cancelled = false;  // tests are missing

  std::size_t count(TestOutcome outcome) const;
};

struct TestSelection {
  std::string filter;  // only rules whose PLUGIN/RULE contains it; empty: all
  // Told after each test how many are done, and of how many. May be empty.
  std::function<void(std::size_t done, std::size_t total)> on_test;
  // Asked at each test, and in long ones now and then; true ends the run. May be empty.
  std::function<bool()> cancelled{};
};

// Runs the tests of all plugins, with all of their rules loaded: what decides is what stands after conflicts.
// REQUIRES: `plugins` are those that `rules` were made of (LoadResult::plugins).
TestReport run_inline_tests(const tagging::RuleSet& rules, std::span<const loading::PluginSpec> plugins,
                            const TestSelection& selection = {});
// The same with the files that `rules` were loaded from.
TestReport run_inline_tests(const tagging::RuleSet& rules, std::span<const loading::SourceFile> files,
                            const TestSelection& selection = {});

}  // namespace kutip::authoring
