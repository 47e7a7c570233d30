#include "authoring/junit.h"

#include <map>
#include <vector>

namespace kutip::authoring {
namespace {

// Control characters cannot stand in XML 1.0 at all.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\n')
      out += "&#10;";
    else
      out += static_cast<unsigned char>(c) < 0x20 && c != '\t' ? '?' : c;
  }
  return out;
}

std::string test_case(const TestResult& result, std::span<const loading::SourceFile> files) {
  const std::string place = files[result.where.file].path + ":" + std::to_string(result.where.line);
  const std::string name = result.name.empty() ? place : result.name + " (" + place + ")";
  std::string out = "    <testcase classname=\"" + escaped(result.plugin + "." + result.rule) + "\" name=\"" +
                    escaped(name) + "\" file=\"" + escaped(files[result.where.file].path) + "\" line=\"" +
                    std::to_string(result.where.line) + "\"";
  switch (result.outcome) {
    case TestOutcome::kPassed:
      return out + "/>\n";
    case TestOutcome::kExpectedFailure:
      return out + "><skipped message=\"todo\"/></testcase>\n";
    case TestOutcome::kUnexpectedPass:
      return out + "><failure message=\"passes; its `todo` can go\"/></testcase>\n";
    case TestOutcome::kFailed:
      break;
  }
  return out + "><failure message=\"" + escaped(result.message.substr(0, result.message.find('\n'))) + "\">" +
         escaped(result.message) + "</failure></testcase>\n";
}

struct Suite {
  std::size_t tests = 0, failures = 0, skipped = 0;
  std::string cases;
};

std::string counts(const Suite& suite) {
  return "tests=\"" + std::to_string(suite.tests) + "\" failures=\"" + std::to_string(suite.failures) +
         "\" skipped=\"" + std::to_string(suite.skipped) + "\"";
}

}  // namespace

std::string junit_xml(const TestReport& report, std::span<const loading::SourceFile> files) {
  std::map<std::string, Suite> suites;
  Suite all;
  for (const TestResult& result : report.results) {
    const bool failed = result.outcome == TestOutcome::kFailed || result.outcome == TestOutcome::kUnexpectedPass;
    Suite& suite = suites[result.plugin];
    suite.cases += test_case(result, files);
    for (Suite* each : {&suite, &all}) {
      ++each->tests;
      each->failures += failed ? 1 : 0;
      each->skipped += result.outcome == TestOutcome::kExpectedFailure ? 1 : 0;
    }
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts(all) + ">\n";
  for (const auto& [plugin, suite] : suites)
    out += "  <testsuite name=\"" + escaped(plugin) + "\" " + counts(suite) + ">\n" + suite.cases + "  </testsuite>\n";
  return out + "</testsuites>\n";
}

}  // namespace kutip::authoring
