#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "authoring/inline_tests.h"
#include "loading/diagnostic.h"
#include "store/rule_files.h"
#include "tagging/rule_set.h"

namespace kutip::store {

// An attempt to make a rule set of rule files. Immutable once made.
struct Trial {
  std::chrono::system_clock::time_point time;  // when it began
  RuleFilesPtr files;                          // null: they could not be read, see folder_error
  std::string folder_error;                    // a sentence for people
  bool succeeded = false;
  bool cancelled = false;                         // before its end: what follows says nothing
  std::shared_ptr<const tagging::RuleSet> rules;  // set if it succeeded, until they are taken out
  std::vector<loading::Diagnostic> diagnostics;   // as `lint` gives them
  std::uint32_t tests_run = 0;                    // of those beside the rules
  std::vector<authoring::TestResult> failed_tests;
};

// What `lint` and `test` do: compiles the files and, if they have no mistakes, runs the tests beside the rules; one
// that fails keeps the rules from being activated. O(bytes of the files and of the tests' sentences); loading takes up
// to `threads` threads. `cancelled` is asked, on any of them, now and then; true, which it then stays, ends the trial.
Trial try_rules(RuleFilesPtr files, unsigned threads = 1, const std::function<bool()>& cancelled = {});

// A trial that ended before it began: the folder could not be read.
Trial unreadable(std::string why);

}  // namespace kutip::store
