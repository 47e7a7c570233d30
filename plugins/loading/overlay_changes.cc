#include "loading/overlay_changes.h"

#include <array>
#include <cstdint>
#include <cstdio>

#include "loading/findings.h"
#include "loading/parse_overlay.h"
#include "loading/source_text.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {
namespace {

std::string text_of(const Date& date) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  return text.data();
}

std::vector<std::string> words_of(const Names& names) {
  std::vector<std::string> words;
  for (const Name& name : names) words.push_back(name.value);
  return words;
}

OverlayChange change_of(const OverlaySpec& overlay, const SourceRange& where, const ChangeReason& why) {
  OverlayChange change;
  change.plugin = overlay.makes ? overlay.makes->plugin.value : overlay.base.value;
  change.where = where;
  change.reason = why.reason;
  if (why.expires.last_day) change.expires = text_of(*why.expires.last_day);
  return change;
}

void add(const OverlaySpec& overlay, std::vector<OverlayChange>& out) {
  for (const RuleChangeSpec& spec : overlay.rules) {
    OverlayChange& change = out.emplace_back(change_of(overlay, spec.where, spec.why));
    change.rule = spec.rule.value;
    change.disables = spec.disable;
    change.replaced = words_of(spec.replaced);
    change.appended = words_of(spec.appended);
  }
  for (const LexiconChangeSpec& spec : overlay.lexicons)
    out.emplace_back(change_of(overlay, spec.where, spec.why)).lexicon = spec.lexicon.value;
}

}  // namespace

std::vector<OverlayChange> overlay_changes(std::span<const SourceFile> files) {
  std::vector<OverlayChange> changes;
  Findings ignored;
  for (std::uint32_t file = 0; file < files.size(); ++file) {
    if (!is_overlay(files[file].path)) continue;
    const SourceText source(file, files[file].content);
    const YamlDocument document = parse_yaml(source, ignored);
    if (document.root) add(parse_overlay(*document.root, source, {}, ignored), changes);
  }
  return changes;
}

}  // namespace kutip::loading
