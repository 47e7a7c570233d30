#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loading/date.h"
#include "loading/plugin_spec.h"

// What an overlay says: changes of a plugin that stand in a file of their own. Plain values, each with its place.
namespace kutip::loading {

struct ExpirySetting {
  std::optional<Date> last_day;
  SourceRange where;
};

// What every change says beside what it changes.
struct ChangeReason {
  std::string reason;
  ExpirySetting expires;
};

struct RuleChangeSpec {
  SourceRange where;
  Name rule;
  bool disable = false;
  Names replaced, appended;  // keys of a rule; what they get is in `replace` and `append`
  RuleSpec replace, append;
  ChangeReason why;
};

struct LexiconChangeSpec {
  SourceRange where;
  Name lexicon;
  Names removed;
  std::vector<AddedEntry> added;
  Name file;  // relative to the rules folder; not given: none
  ChangeReason why;
};

// The plugin that a copy of the base becomes.
struct MadePluginSpec {
  Name plugin, version, language, title;
};

struct OverlaySpec {
  std::uint32_t file = 0;  // index into the list of source files
  Name base, base_versions;
  std::optional<MadePluginSpec> makes;  // not given: the base itself changes
  std::vector<RuleChangeSpec> rules;
  std::vector<LexiconChangeSpec> lexicons;
};

}  // namespace kutip::loading
