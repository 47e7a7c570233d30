#include "loading/check_manifests.h"

#include <algorithm>
#include <string>

#include "loading/names.h"
#include "loading/version.h"

namespace kutip::loading {
namespace {

constexpr std::string_view kRangeExample = "versions with >=, >, <=, <, separated by spaces, like \">=0.1 <1\"";

std::string_view last_part(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string to_string(const Version& v) {
  return std::to_string(v.major) + "." + std::to_string(v.minor) + "." + std::to_string(v.patch);
}

void check_name(const PluginSpec& plugin, Findings& findings) {
  if (plugin.made_by_overlay) return;  // its files are its base's
  const Name& name = plugin.manifest.plugin;
  const std::string_view folder = last_part(plugin.folder);
  if (name.given() && name.value != folder && !folder.empty()) {
    Diagnostic& d = findings.report(Code::kPluginNameDiffers, name.where,
                                    "the plugin is called " + quoted(name.value) + ", its folder " + quoted(folder));
    d.expected = "the folder's name";
    d.replacement = folder;
  }
  for (const RuleFileSpec& file : plugin.files) {
    if (!file.plugin.given() || !name.given() || file.plugin.value == name.value) continue;
    Diagnostic& d =
        findings.report(Code::kPluginNameDiffers, file.plugin.where,
                        "the file is of plugin " + quoted(file.plugin.value) + ", and listed by " + quoted(name.value));
    d.expected = quoted(name.value);
    d.replacement = name.value;
  }
}

std::optional<VersionRange> check_range(const Name& range, Findings& findings) {
  if (!range.given()) return std::nullopt;
  std::optional<VersionRange> parsed = VersionRange::parse(range.value);
  if (!parsed) {
    findings.report(Code::kBadVersion, range.where, quoted(range.value) + " is not a range of versions").expected =
        kRangeExample;
  }
  return parsed;
}

void check_versions(const PluginSpec& plugin, Findings& findings) {
  const Name& version = plugin.manifest.version;
  if (version.given() && !parse_version(version.value)) {
    Diagnostic& d = findings.report(Code::kBadVersion, version.where, quoted(version.value) + " is not a version");
    d.expected = "MAJOR.MINOR.PATCH, like 1.2.0";
  }
  const auto engine = check_range(plugin.manifest.engine, findings);
  if (engine && !engine->contains(engine_version())) {
    Diagnostic& d = findings.report(Code::kEngineTooOld, plugin.manifest.engine.where,
                                    "the plugin is not for this version of Kutip, " + to_string(engine_version()));
    d.help = "use a version of Kutip in the range, or test the plugin with this one and widen the range";
  }
}

void check_language(const PluginSpec& plugin, Findings& findings) {
  const Name& language = plugin.manifest.language;
  if (!language.given() || is_language_tag(language.value)) return;
  findings.report(Code::kBadLanguage, language.where, quoted(language.value) + " is not a language tag").expected =
      "a BCP 47 tag, like `id` or `en-GB`";
}

std::vector<std::string> plugin_names(std::span<const PluginSpec> plugins) {
  std::vector<std::string> names;
  for (const PluginSpec& plugin : plugins)
    if (plugin.manifest.plugin.given()) names.push_back(plugin.manifest.plugin.value);
  return names;
}

void check_need(const PluginSpec& plugin, const NeedSpec& need, std::span<const PluginSpec> plugins,
                Findings& findings) {
  const auto range = check_range(need.versions, findings);
  const auto needed = find_plugin(plugins, need.plugin.value);
  if (!needed) {
    const bool all_read = std::all_of(plugins.begin(), plugins.end(), [](const auto& p) { return p.manifest_read; });
    if (all_read)
      report_unknown(Code::kNeededPluginMissing, need.plugin.where, "plugin", need.plugin.value, plugin_names(plugins),
                     findings);
    return;
  }
  const ManifestSpec& other = plugins[*needed].manifest;
  const auto version = parse_version(other.version.value);
  if (range && version && !range->contains(*version)) {
    Diagnostic& d = findings.report(Code::kNeededVersion, need.versions.where,
                                    quoted(need.plugin.value) + " has version " + other.version.value);
    d.related.emplace_back(other.version.where, "its version");
  }
  const Name& language = plugin.manifest.language;
  if (language.given() && other.language.given() &&
      primary_language(language.value) != primary_language(other.language.value)) {
    Diagnostic& d = findings.report(Code::kBadLanguage, need.plugin.where,
                                    quoted(need.plugin.value) + " is a plugin of another language");
    d.related.emplace_back(other.language.where, "its language");
    d.expected = "a plugin of the same language";
  }
}

void check_unique(std::span<const PluginSpec> plugins, Findings& findings) {
  for (std::size_t i = 0; i < plugins.size(); ++i) {
    const Name& name = plugins[i].manifest.plugin;
    const auto first = find_plugin(plugins, name.value);
    if (!name.given() || !first || *first == i) continue;
    Diagnostic& d = findings.report(Code::kDuplicatePlugin, name.where, "two plugins are called " + quoted(name.value));
    d.related.emplace_back(plugins[*first].manifest.plugin.where, "first here");
  }
}

// Depth-first walk over `needs`.
class Orderer {
 public:
  Orderer(std::span<const PluginSpec> plugins, Findings& findings)
      : plugins_(plugins), state_(plugins.size(), State::kNew), findings_(findings) {}

  void visit(std::uint32_t plugin) {
    if (state_[plugin] != State::kNew) return;
    state_[plugin] = State::kOpen;
    std::vector<const NeedSpec*> needs;
    for (const NeedSpec& need : plugins_[plugin].manifest.needs) needs.push_back(&need);
    std::sort(needs.begin(), needs.end(), [](auto* a, auto* b) { return a->plugin.value < b->plugin.value; });
    for (const NeedSpec* need : needs) {
      const auto needed = find_plugin(plugins_, need->plugin.value);
      if (!needed) continue;
      if (state_[*needed] == State::kOpen) {
        Diagnostic& d = findings_.report(Code::kNeedsCycle, need->plugin.where,
                                         quoted(need->plugin.value) + " needs this plugin, too");
        d.help = "move what both use into a third plugin";
      }
      visit(*needed);
    }
    state_[plugin] = State::kDone;
    order_.push_back(plugin);
  }

  std::vector<std::uint32_t> take_order() { return std::move(order_); }

 private:
  enum class State : std::uint8_t { kNew, kOpen, kDone };
  std::span<const PluginSpec> plugins_;
  std::vector<State> state_;
  std::vector<std::uint32_t> order_;
  Findings& findings_;
};

}  // namespace

bool is_language_tag(std::string_view tag) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto letter_or_digit = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  const std::string_view primary = primary_language(tag);
  if (primary.size() < 2 || primary.size() > 3 || !std::all_of(primary.begin(), primary.end(), letter)) return false;
  tag.remove_prefix(primary.size());
  while (!tag.empty()) {
    tag.remove_prefix(1);
    const std::string_view subtag = tag.substr(0, std::min(tag.find('-'), tag.size()));
    if (subtag.empty() || subtag.size() > 8 || !std::all_of(subtag.begin(), subtag.end(), letter_or_digit))
      return false;
    tag.remove_prefix(subtag.size());
  }
  return true;
}

std::string_view primary_language(std::string_view tag) {
  return tag.substr(0, std::min(tag.find('-'), tag.size()));
}

std::optional<std::uint32_t> find_plugin(std::span<const PluginSpec> plugins, std::string_view name) {
  for (std::uint32_t i = 0; i < plugins.size(); ++i)
    if (plugins[i].manifest.plugin.given() && plugins[i].manifest.plugin.value == name) return i;
  return std::nullopt;
}

void check_manifests(std::span<const PluginSpec> plugins, Findings& findings) {
  check_unique(plugins, findings);
  for (const PluginSpec& plugin : plugins) {
    check_name(plugin, findings);
    check_versions(plugin, findings);
    check_language(plugin, findings);
    for (const NeedSpec& need : plugin.manifest.needs) check_need(plugin, need, plugins, findings);
  }
}

std::vector<std::uint32_t> order_plugins(std::span<const PluginSpec> plugins, Findings& findings) {
  std::vector<std::uint32_t> by_name(plugins.size());
  for (std::uint32_t i = 0; i < by_name.size(); ++i) by_name[i] = i;
  std::stable_sort(by_name.begin(), by_name.end(),
                   [&](auto a, auto b) { return plugins[a].manifest.plugin.value < plugins[b].manifest.plugin.value; });
  Orderer orderer(plugins, findings);
  for (const std::uint32_t plugin : by_name) orderer.visit(plugin);
  return orderer.take_order();
}

}  // namespace kutip::loading
