#include "service/cli/ruleset_text.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <cstddef>

#include "service/cli/terminal.h"

namespace kutip::cli {
namespace {

constexpr int kMostChanges = 10;  // of one plugin; one that an overlay makes has many

std::string line(const std::string& text) {
  return text + "\n";
}

std::string place(const v1::SourceRange& where) {
  std::string text = printable(where.path());
  if (where.line() > 0) text += ":" + std::to_string(where.line()) + ":" + std::to_string(where.column());
  return text;
}

std::string seconds(google::protobuf::Timestamp time) {
  time.set_nanos(0);
  return google::protobuf::util::TimeUtil::ToString(time);
}

// Columns count code points; printable() makes a space of a tab.
std::string caret_line(const std::string& source, const v1::SourceRange& where) {
  std::string out;
  std::uint32_t column = 1;
  for (std::size_t i = 0; i < source.size() && column < where.column(); ++i) {
    if ((static_cast<unsigned char>(source[i]) & 0xC0) == 0x80) continue;
    out += ' ';
    ++column;
  }
  return out + std::string(std::max(1u, where.end_column() - std::min(where.column(), where.end_column())), '^');
}

const char* state_text(v1::RulesetState state) {
  switch (state) {
    case v1::RULESET_STATE_NOT_LOADED:
      return "not ready: there are no rules that can be used";
    case v1::RULESET_STATE_ACTIVE:
      return "active: the rules folder's rules answer";
    case v1::RULESET_STATE_LAST_GOOD:
      return "last good: the rules folder's rules cannot be used, the last good ones answer";
    case v1::RULESET_STATE_ROLLED_BACK:
      return "rolled back: earlier rules answer";
    default:
      return "unknown";
  }
}

std::string text_of_attempt(const v1::ReloadAttempt& attempt) {
  std::string out = "last attempt   " + seconds(attempt.time()) + (attempt.succeeded() ? ", succeeded" : ", failed");
  if (!attempt.digest().empty()) out += ": " + attempt.digest();
  out += "\n";
  if (!attempt.folder_error().empty()) out += line("  " + printable(attempt.folder_error()));
  for (const v1::Diagnostic& diagnostic : attempt.diagnostics()) out += text_of(diagnostic);
  return out + text_of(attempt.tests());
}

std::string joined(const google::protobuf::RepeatedPtrField<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + printable(word);
  return out;
}

std::string what_changes(const v1::OverlayChange& change) {
  if (change.disables()) return "switched off";
  std::string out;
  if (change.replaced_keys_size() > 0) out += "other " + joined(change.replaced_keys());
  if (change.appended_keys_size() > 0) out += (out.empty() ? "" : "; ") + ("more " + joined(change.appended_keys()));
  return out.empty() ? "other entries" : out;
}

std::string text_of(const v1::OverlayChange& change, const std::string& plugin) {
  std::string out = "overlay        " + printable(plugin) + "/" +
                    printable(change.rule_id().empty() ? change.lexicon() : change.rule_id()) + ": " +
                    what_changes(change) + "\n";
  out += "               " + place(change.location()) + "  " + printable(change.reason());
  if (!change.expires().empty()) out += " (until " + printable(change.expires()) + ")";
  return out + "\n";
}

}  // namespace

std::string text_of_overlays(const v1::ListPluginsResponse& plugins) {
  std::string out;
  for (const v1::Plugin& plugin : plugins.plugins()) {
    const int shown = std::min(plugin.changes_size(), kMostChanges);
    for (int i = 0; i < shown; ++i) out += text_of(plugin.changes(i), plugin.name());
    if (shown < plugin.changes_size())
      out += line("               " + printable(plugin.name()) + " has " +
                  std::to_string(plugin.changes_size() - shown) + " more changes by overlays");
  }
  return out;
}

std::string text_of(const v1::RulesetStatus& status) {
  std::string out = line(state_text(status.state()));
  if (status.has_active()) {
    out += line("digest         " + status.active().digest());
    out += line("generation     " + std::to_string(status.active().generation()));
    out += line("active since   " + seconds(status.active_since()));
  }
  if (status.has_last_attempt()) out += text_of_attempt(status.last_attempt());
  for (const v1::RulesetRef& earlier : status.earlier())
    out += line("earlier        " + earlier.digest() +
                (earlier.generation() > 0 ? ", generation " + std::to_string(earlier.generation()) : ""));
  if (!status.state_folder_error().empty()) out += line("not kept on disk: " + printable(status.state_folder_error()));
  return out;
}

std::string text_of(const v1::Diagnostic& diagnostic) {
  const v1::SourceRange& where = diagnostic.location();
  std::string out = line(std::string(diagnostic.severity() == v1::SEVERITY_WARNING ? "warning[" : "error[") +
                         diagnostic.code() + "]: " + printable(diagnostic.message()));
  out += line("  --> " + place(where));
  if (!diagnostic.source_line().empty()) {
    const std::string number = std::to_string(where.line());
    const std::string gutter(number.size() + 1, ' ');
    out += line(gutter + "|") + line(number + " | " + printable(diagnostic.source_line()));
    out += line(gutter + "| " + caret_line(diagnostic.source_line(), where));
  }
  for (const v1::RelatedLocation& related : diagnostic.related())
    out += line("  ::: " + place(related.location()) + ": " + printable(related.note()));
  if (!diagnostic.expected().empty()) out += line("expected: " + printable(diagnostic.expected()));
  if (!diagnostic.help().empty()) out += line("help: " + printable(diagnostic.help()));
  return out;
}

std::string text_of(const v1::RuleTestSummary& tests) {
  std::string out;
  for (const v1::RuleTestFailure& failure : tests.failures()) {
    out +=
        line("test of " + printable(failure.rule().plugin()) + "/" + printable(failure.rule().rule_id()) + " failed");
    out += line("  --> " + place(failure.location()));
    for (std::size_t begin = 0; begin < failure.message().size();) {
      const std::size_t end = std::min(failure.message().find('\n', begin), failure.message().size());
      out += line("  " + printable(failure.message().substr(begin, end - begin)));
      begin = end + 1;
    }
  }
  if (tests.failed() > 0)
    out += line(std::to_string(tests.failed()) + " of " + std::to_string(tests.run()) + " tests beside rules failed");
  return out;
}

}  // namespace kutip::cli
