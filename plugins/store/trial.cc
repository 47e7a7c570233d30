#include "store/trial.h"

#include <optional>
#include <utility>

#include "loading/load.h"

namespace kutip::store {

Trial try_rules(RuleFilesPtr files, unsigned threads, const std::function<bool()>& cancelled) {
  Trial trial;
  trial.time = std::chrono::system_clock::now();
  loading::LoadResult loaded = loading::load(files->files, std::nullopt, threads, cancelled);
  trial.diagnostics = std::move(loaded.diagnostics);
  if (loaded.rules != nullptr) {
    authoring::TestReport report = authoring::run_inline_tests(*loaded.rules, loaded.plugins,
                                                               {.filter = {}, .on_test = {}, .cancelled = cancelled});
    trial.tests_run = static_cast<std::uint32_t>(report.results.size());
    for (authoring::TestResult& result : report.results)
      if (result.outcome == authoring::TestOutcome::kFailed) trial.failed_tests.push_back(std::move(result));
    trial.succeeded = trial.failed_tests.empty() && !report.cancelled;
    if (trial.succeeded) trial.rules = std::move(loaded.rules);
  }
  trial.cancelled = !trial.succeeded && cancelled && cancelled();
  trial.files = std::move(files);
  return trial;
}

Trial unreadable(std::string why) {
  Trial trial;
  trial.time = std::chrono::system_clock::now();
  trial.folder_error = std::move(why);
  return trial;
}

}  // namespace kutip::store
