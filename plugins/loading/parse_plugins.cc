#include "loading/parse_plugins.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "loading/apply_overlays.h"
#include "loading/file_index.h"
#include "loading/in_parallel.h"
#include "loading/nearest_name.h"
#include "loading/parse_manifest.h"
#include "loading/parse_overlay.h"
#include "loading/parse_rule_file.h"
#include "loading/source_text.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {
namespace {

constexpr std::string_view kManifestName = "plugin.yaml";

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && (folder.empty() || path[folder.size()] == '/');
}

std::string join(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

void report_given_twice(std::span<const SourceFile> files, const FileIndex& index, Findings& findings) {
  for (const std::uint32_t file : index.in_order())
    if (index.find(files[file].path) != file)
      findings.report(Code::kFileGivenTwice, {file, 0, 0, 0}, "two files have the path " + quoted(files[file].path));
}

// Reads the plugins one by one and notes which files they mention.
class PluginReader {
 public:
  PluginReader(std::span<const SourceFile> files, Findings& findings, unsigned threads)
      : files_(files), index_(files), findings_(findings), rule_files_(files.size()) {
    report_given_twice(files, index_, findings);
    if (threads > 1) in_parallel(files.size(), threads, [this](std::size_t file) { read_ahead(file); });
  }

  std::vector<PluginSpec> read_all() {
    std::vector<PluginSpec> plugins;
    for (const std::uint32_t file : index_.in_order()) {
      const std::string_view path = files_[file].path;
      if (path.substr(path.rfind('/') + 1) == kManifestName) plugins.push_back(read_plugin(file));
    }
    std::vector<OverlaySpec> overlays;
    for (const std::uint32_t file : index_.in_order())
      if (is_overlay(files_[file].path)) read_overlay(file, overlays);
    for (const std::uint32_t file : index_.in_order()) report_unmentioned(file, plugins);
    apply_overlays(overlays, plugins, findings_);
    return plugins;
  }

 private:
  // A rule file, and what was found in it.
  struct ReadFile {
    RuleFileSpec spec;
    Findings findings;
    bool has_root = false;
  };

  ReadFile read_file(std::uint32_t file) const {
    ReadFile read;
    const SourceText source(file, files_[file].content);
    const YamlDocument document = parse_yaml(source, read.findings);
    read.has_root = document.root.has_value();
    if (read.has_root) read.spec = parse_rule_file(*document.root, source, read.findings);
    return read;
  }

  // Most YAML files are rule files; the few others are read in vain.
  void read_ahead(std::size_t file) {
    const std::string_view path = files_[file].path;
    const bool other = !path.ends_with(".yaml") || path.ends_with(kManifestName) || is_overlay(path);
    if (!other) rule_files_[file] = read_file(static_cast<std::uint32_t>(file));
  }

  PluginSpec read_plugin(std::uint32_t manifest_file) {
    PluginSpec plugin;
    plugin.manifest_file = manifest_file;
    plugin.folder = folder_of(files_[manifest_file].path);
    mentioned_.insert(manifest_file);
    const SourceText source(manifest_file, files_[manifest_file].content);
    const YamlDocument document = parse_yaml(source, findings_);
    plugin.manifest_read = document.root.has_value();
    plugin.complete = document.complete;
    if (!document.root) return plugin;
    plugin.manifest = parse_manifest(*document.root, findings_);
    for (const Name& name : plugin.manifest.files) read_rule_file(name, plugin);
    return plugin;
  }

  void read_rule_file(const Name& name, PluginSpec& plugin) {
    const std::string path = join(plugin.folder, name.value);
    const auto file = index_.find(path);
    if (!file) {
      report_missing(name, plugin.folder);
      plugin.complete = false;
      return;
    }
    if (!mentioned_.insert(*file).second) {
      findings_.report(Code::kFileGivenTwice, name.where, quoted(name.value) + " is listed twice");
      return;
    }
    ReadFile read = rule_files_[*file] ? *std::exchange(rule_files_[*file], std::nullopt) : read_file(*file);
    findings_.append(std::move(read.findings));
    if (!read.has_root) return void(plugin.complete = false);
    plugin.files.push_back(std::move(read.spec));
    plugin.complete &= plugin.files.back().complete;
    for (const LexiconSpec& lexicon : plugin.files.back().lexicons)
      if (const auto at = index_.find(join(plugin.folder, lexicon.file.value))) mentioned_.insert(*at);
  }

  void read_overlay(std::uint32_t file, std::vector<OverlaySpec>& overlays) {
    mentioned_.insert(file);
    const SourceText source(file, files_[file].content);
    const YamlDocument document = parse_yaml(source, findings_);
    if (!document.root) return;
    overlays.push_back(parse_overlay(*document.root, source, folder_of(files_[file].path), findings_));
    for (const LexiconChangeSpec& change : overlays.back().lexicons)
      if (const auto at = index_.find(change.file.value)) mentioned_.insert(*at);
  }

  void report_missing(const Name& name, std::string_view folder) {
    Diagnostic& d =
        findings_.report(Code::kListedFileMissing, name.where, "there is no file " + quoted(join(folder, name.value)));
    d.expected = "a path below the plugin's folder, with / between folders";
    std::vector<std::string> others;
    for (const std::uint32_t file : index_.in_order()) {
      const std::string_view path = files_[file].path;
      if (is_below(path, folder) && path.ends_with(".yaml") && !path.ends_with(kManifestName))
        others.emplace_back(path.substr(folder.empty() ? 0 : folder.size() + 1));
    }
    if (const auto nearest = nearest_name(name.value, others)) {
      d.help = "did you mean " + quoted(*nearest) + "?";
      d.replacement = *nearest;
    }
  }

  void report_unmentioned(std::uint32_t file, const std::vector<PluginSpec>& plugins) {
    if (mentioned_.count(file) != 0) return;
    const std::string& path = files_[file].path;
    const PluginSpec* owner = nullptr;
    for (const PluginSpec& plugin : plugins)
      if (is_below(path, plugin.folder) && (owner == nullptr || plugin.folder.size() > owner->folder.size()))
        owner = &plugin;
    if (owner != nullptr && !owner->complete) return;  // a file that could not be read may mention it
    if (owner == nullptr) return report_no_plugin(file);
    Diagnostic& d = findings_.report(Code::kFileNotListed, {file, 0, 0, 0}, "nothing mentions this file");
    d.help = path.ends_with(".yaml") || path.ends_with(".yml")
                 ? "list it in `files` of plugin.yaml, or delete it"
                 : "declare it in `lexicons` of a rule file, or delete it";
  }

  // Once for a folder, at its first file.
  void report_no_plugin(std::uint32_t file) {
    if (!folders_without_plugin_.emplace(folder_of(files_[file].path)).second) return;
    Diagnostic& d = findings_.report(Code::kNoManifest, {file, 0, 0, 0},
                                     "the folder has no plugin.yaml, so its files are left out");
    d.help =
        "write a plugin.yaml, or move the files into a plugin's folder; an overlay is called overlay.yaml or "
        "NAME.overlay.yaml";
  }

  std::span<const SourceFile> files_;
  FileIndex index_;
  Findings& findings_;
  std::vector<std::optional<ReadFile>> rule_files_;  // by file: those read ahead
  std::set<std::uint32_t> mentioned_;
  std::set<std::string, std::less<>> folders_without_plugin_;
};

}  // namespace

std::vector<PluginSpec> parse_plugins(std::span<const SourceFile> files, Findings& findings, unsigned threads) {
  return PluginReader(files, findings, threads).read_all();
}

}  // namespace kutip::loading
