#include "loading/symbols.h"

#include <algorithm>
#include <limits>

#include "loading/lexicon_order.h"
#include "loading/merge_phases.h"
#include "loading/names.h"

namespace kutip::loading {
namespace {

constexpr std::size_t kMaxLexicons = std::numeric_limits<matching::LexiconId>::max();

void report_twice(Code code, std::string_view what, const Name& name, SourceRange first, Findings& findings) {
  Diagnostic& d = findings.report(code, name.where, "two " + std::string(what) + " are called " + quoted(name.value));
  d.related.emplace_back(first, "first here");
  d.help = "all files of a plugin share their names; rename one of the two";
}

std::vector<std::uint32_t> visible_plugins(const std::vector<const PluginSpec*>& plugins, std::uint32_t plugin) {
  std::vector<std::uint32_t> visible = {plugin};
  for (const NeedSpec& need : plugins[plugin]->manifest.needs)
    for (std::uint32_t i = 0; i < plugins.size(); ++i)
      if (i != plugin && plugins[i]->manifest.plugin.value == need.plugin.value) visible.push_back(i);
  return visible;
}

}  // namespace

Symbols::Symbols(std::vector<const PluginSpec*> plugins, Findings& findings)
    : plugins_(std::move(plugins)), lexicon_index_(plugins_.size()), macro_index_(plugins_.size()) {
  for (const std::string_view name : {"QUOTED", "PERSON", "ORGANIZATION", "SPEAKER", "QUOTE", "STOP"})
    types_.push_back({std::string(name), false});
  for (std::uint32_t i = 0; i < plugins_.size(); ++i) {
    complete_ &= plugins_[i]->complete;
    visible_.push_back(visible_plugins(plugins_, i));
    declare_plugin(i, findings);
  }
  phases_ = merge_phases(plugins_, findings);
  resolve_parts(findings);
  give_ids(findings);
  find_first_phases();
}

void Symbols::declare_plugin(std::uint32_t plugin, Findings& findings) {
  declare_labels(*plugins_[plugin], findings);
  for (const RuleFileSpec& file : plugins_[plugin]->files) {
    for (const LexiconSpec& lexicon : file.lexicons) {
      const auto [at, is_new] = lexicon_index_[plugin].emplace(lexicon.name.value, lexicons_.size());
      if (is_new) {
        lexicons_.push_back({&lexicon, plugin, {}, {}});
      } else {
        report_twice(Code::kDuplicateLexicon, "lexicons", lexicon.name, lexicons_[at->second].spec->name.where,
                     findings);
      }
    }
    for (const MacroSpec& macro : file.macros) {
      const auto [at, is_new] = macro_index_[plugin].emplace(macro.name.value, macros_.size());
      if (is_new) {
        macros_.push_back({&macro, plugin});
      } else {
        report_twice(Code::kDuplicateMacro, "macros", macro.name, macros_[at->second].spec->name.where, findings);
      }
    }
  }
}

// A label may stand in several plugins, as long as they agree on what it is.
void Symbols::declare_labels(const PluginSpec& plugin, Findings& findings) {
  for (const LabelSpec& label : plugin.manifest.labels) {
    const auto at =
        std::find_if(types_.begin(), types_.end(), [&](const auto& t) { return t.name == label.name.value; });
    const auto place = label_places_.find(label.name.value);
    if (at == types_.end() && types_.size() == matching::kMaxTypes) {
      findings.report(Code::kTooMany, label.name.where,
                      "more than " + std::to_string(matching::kMaxTypes) + " types in one language");
    } else if (at == types_.end()) {
      types_.push_back({label.name.value, label.internal});
      label_places_.emplace(label.name.value, label.name.where);
    } else if (place == label_places_.end()) {
      findings.report(Code::kDuplicateLabel, label.name.where,
                      quoted(label.name.value) + " is a type that every language has");
    } else if (at->internal != label.internal) {
      Diagnostic& d =
          findings.report(Code::kDuplicateLabel, label.name.where,
                          "the label " + quoted(label.name.value) + " is internal in one plugin and not in another");
      d.related.emplace_back(place->second, "first here");
    }
  }
}

void Symbols::resolve_parts(Findings& findings) {
  for (DeclaredLexicon& lexicon : lexicons_) {
    Names names = lexicon.spec->union_of.value_or(Names{});
    if (lexicon.spec->from.given()) names.push_back(lexicon.spec->from);
    for (const Name& name : names)
      if (const auto part = find_lexicon(lexicon.plugin, name, findings)) lexicon.parts.push_back(*part);
  }
  build_order_ = order_lexicons(lexicons_, findings);
}

void Symbols::give_ids(Findings& findings) {
  for (std::size_t i = 0; i < lexicons_.size(); ++i) {
    if (lexicons_[i].spec->union_of) continue;
    if (with_entries_.size() == kMaxLexicons) {
      findings.report(Code::kTooMany, lexicons_[i].spec->name.where,
                      "more than " + std::to_string(kMaxLexicons) + " lexicons");
      return;
    }
    lexicons_[i].ids = {static_cast<matching::LexiconId>(with_entries_.size())};
    with_entries_.push_back(i);
  }
  for (const std::size_t i : build_order_) {
    if (!lexicons_[i].spec->union_of) continue;
    std::vector<matching::LexiconId>& ids = lexicons_[i].ids;
    for (const std::size_t part : lexicons_[i].parts)
      ids.insert(ids.end(), lexicons_[part].ids.begin(), lexicons_[part].ids.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  }
}

void Symbols::find_first_phases() {
  first_phase_.resize(types_.size());
  for (const PluginSpec* plugin : plugins_)
    for (const RuleFileSpec& file : plugin->files)
      for (const RuleSpec& rule : file.rules) {
        const auto phase = std::find(phases_.begin(), phases_.end(), rule.phase.value);
        if (phase == phases_.end()) continue;
        const auto index = static_cast<std::uint32_t>(phase - phases_.begin());
        for (const EmitSpec& emit : rule.emits)
          for (std::size_t type = 0; type < types_.size(); ++type)
            if (types_[type].name == emit.type.value)
              first_phase_[type] = std::min(first_phase_[type].value_or(index), index);
      }
}

std::optional<std::size_t> Symbols::find(const std::vector<Index>& indices, std::uint32_t plugin, const Name& name,
                                         Code unknown, std::string_view what, Findings& findings) const {
  for (const std::uint32_t visible : visible_[plugin])
    if (const auto at = indices[visible].find(name.value); at != indices[visible].end()) return at->second;
  if (!complete_) return std::nullopt;
  std::vector<std::string> known;
  if (findings.wants(unknown, name.where))
    for (const std::uint32_t visible : visible_[plugin])
      for (const auto& [other, index] : indices[visible]) known.push_back(other);
  report_unknown(unknown, name.where, what, name.value, known, findings);
  return std::nullopt;
}

std::optional<std::size_t> Symbols::find_lexicon(std::uint32_t plugin, const Name& name, Findings& findings) const {
  return find(lexicon_index_, plugin, name, Code::kUnknownLexicon, "lexicon", findings);
}

const DeclaredMacro* Symbols::find_macro(std::uint32_t plugin, const Name& name, Findings& findings) const {
  const auto found = find(macro_index_, plugin, name, Code::kUnknownMacro, "macro", findings);
  return found ? &macros_[*found] : nullptr;
}

std::optional<matching::TypeId> Symbols::find_type(const Name& name, Findings& findings) const {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < types_.size(); ++i) {
    if (types_[i].name == name.value) return static_cast<matching::TypeId>(i);
    known.push_back(types_[i].name);
  }
  report_unknown(Code::kUnknownType, name.where, "annotation type", name.value, known, findings);
  return std::nullopt;
}

std::optional<std::uint32_t> Symbols::find_phase(const Name& name, Findings& findings) const {
  const auto at = std::find(phases_.begin(), phases_.end(), name.value);
  if (at != phases_.end()) return static_cast<std::uint32_t>(at - phases_.begin());
  report_unknown(Code::kUnknownPhase, name.where, "phase", name.value, phases_, findings);
  return std::nullopt;
}

}  // namespace kutip::loading
