#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loading/declared_lexicon.h"
#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "matching/ids.h"
#include "tagging/rule_set.h"

namespace kutip::loading {

struct DeclaredMacro {
  const MacroSpec* spec = nullptr;
  std::uint32_t plugin = 0;
};

// All names that the plugins of one grammar declare, and what they stand for. A plugin sees its own lexicons and macros
// and those of the plugins it needs; types and phases are common to all plugins of the language.
class Symbols {
 public:
  // `plugins` in the order of order_plugins(); they outlive this object. Reports names that are declared twice, unions
  // of unknown lexicons, cycles, and phases in contradictory order.
  Symbols(std::vector<const PluginSpec*> plugins, Findings& findings);

  const std::vector<const PluginSpec*>& plugins() const { return plugins_; }
  const std::vector<DeclaredLexicon>& lexicons() const { return lexicons_; }
  // Indices into lexicons() by LexiconId.
  const std::vector<std::size_t>& lexicons_with_entries() const { return with_entries_; }
  // Indices into lexicons(): those that a lexicon is made of come before it.
  const std::vector<std::size_t>& build_order() const { return build_order_; }
  const std::vector<tagging::TypeInfo>& types() const { return types_; }
  const std::vector<std::string>& phases() const { return phases_; }
  // The first phase that makes annotations of the type; nullopt: none does.
  std::optional<std::uint32_t> first_phase(matching::TypeId type) const { return first_phase_[type]; }

  // Each reports a name it does not know; nothing is reported while a file of the grammar could not be read.
  std::optional<std::size_t> find_lexicon(std::uint32_t plugin, const Name& name, Findings& findings) const;
  const DeclaredMacro* find_macro(std::uint32_t plugin, const Name& name, Findings& findings) const;
  std::optional<matching::TypeId> find_type(const Name& name, Findings& findings) const;
  std::optional<std::uint32_t> find_phase(const Name& name, Findings& findings) const;

  // All names could be read, so that what is not there is a mistake.
  bool complete() const { return complete_; }

 private:
  using Index = std::map<std::string, std::size_t, std::less<>>;

  void declare_plugin(std::uint32_t plugin, Findings& findings);
  void declare_labels(const PluginSpec& plugin, Findings& findings);
  void resolve_parts(Findings& findings);
  void give_ids(Findings& findings);
  void find_first_phases();
  std::optional<std::size_t> find(const std::vector<Index>& indices, std::uint32_t plugin, const Name& name,
                                  Code unknown, std::string_view what, Findings& findings) const;

  std::vector<const PluginSpec*> plugins_;
  std::vector<std::vector<std::uint32_t>> visible_;  // by plugin: itself, then what it needs
  std::vector<DeclaredLexicon> lexicons_;
  std::vector<DeclaredMacro> macros_;
  std::vector<Index> lexicon_index_, macro_index_;  // by plugin
  std::vector<std::size_t> with_entries_;
  std::vector<std::size_t> build_order_;
  std::vector<tagging::TypeInfo> types_;
  std::map<std::string, SourceRange, std::less<>> label_places_;
  std::vector<std::optional<std::uint32_t>> first_phase_;
  std::vector<std::string> phases_;
  bool complete_ = true;
};

}  // namespace kutip::loading
