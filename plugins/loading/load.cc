#include "loading/load.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "loading/build_grammar.h"
#include "loading/check_manifests.h"
#include "loading/digest.h"
#include "loading/findings.h"
#include "loading/in_parallel.h"
#include "loading/parse_plugins.h"

namespace kutip::loading {
namespace {

using PluginOrder = std::vector<std::uint32_t>;  // indices of plugins

// The plugins of each language, by its primary subtag, in the given order.
std::map<std::string, PluginOrder, std::less<>> by_language(const std::vector<PluginSpec>& plugins,
                                                            const PluginOrder& order) {
  std::map<std::string, PluginOrder, std::less<>> languages;
  for (const std::uint32_t plugin : order) {
    const Name& language = plugins[plugin].manifest.language;
    if (language.given()) languages[std::string(primary_language(language.value))].push_back(plugin);
  }
  return languages;
}

tagging::PluginInfo info_of(const PluginSpec& plugin, std::uint32_t rules, std::uint32_t entries) {
  const ManifestSpec& manifest = plugin.manifest;
  return {manifest.plugin.value, manifest.version.value, manifest.language.value, manifest.title.value, rules, entries};
}

// A language's plugins on their way to a grammar.
struct Language {
  std::vector<const PluginSpec*> specs;
  BuiltGrammar built;
  Findings findings;
};

// Fills `rules` and `patterns` unless something is wrong or stop() says so.
void build_rule_set(const std::vector<PluginSpec>& plugins, std::span<const SourceFile> files, unsigned threads,
                    const std::function<bool()>& stop, Findings& findings, LoadResult& result) {
  std::vector<Language> languages;
  for (const auto& [name, order] : by_language(plugins, order_plugins(plugins, findings))) {
    Language& language = languages.emplace_back();
    for (const std::uint32_t plugin : order) language.specs.push_back(&plugins[plugin]);
  }
  in_parallel(languages.size(), threads, [&](std::size_t i) {
    if (!stop()) languages[i].built = build_grammar(languages[i].specs, files, languages[i].findings);
  });
  if (stop()) return;
  PatternsOfRules patterns;
  std::vector<tagging::PluginInfo> infos;
  std::vector<tagging::Grammar> grammars;
  for (auto& [specs, built, found] : languages) {
    findings.append(std::move(found));
    const auto first = static_cast<std::uint32_t>(infos.size());
    for (std::size_t i = 0; i < specs.size(); ++i) {
      infos.push_back(info_of(*specs[i], built.rule_counts[i], built.entry_counts[i]));
      built.grammar.plugins.push_back(first + static_cast<std::uint32_t>(i));
    }
    for (tagging::Rule& rule : built.grammar.rules) rule.plugin += first;
    grammars.push_back(std::move(built.grammar));
    patterns.push_back(std::move(built.patterns));
  }
  if (findings.error_count() != 0) return;
  result.rules = std::make_shared<const tagging::RuleSet>(std::move(infos), std::move(grammars), digest_of(files));
  result.patterns = std::make_shared<const PatternsOfRules>(std::move(patterns));
}

void report_expired(const std::vector<PluginSpec>& plugins, const Date& today, Findings& findings) {
  for (const PluginSpec& plugin : plugins)
    for (const ExpirySpec& expiry : plugin.expiries)
      if (expiry.last_day < today) {
        Diagnostic& d = findings.report(Code::kExpired, expiry.where, expiry.what + " has expired");
        d.help = "it still counts; remove it, or set a later day";
      }
}

// The caller may list the files in any order; what authors read is in the order of paths.
void sort_by_path(std::vector<Diagnostic>& diagnostics, std::span<const SourceFile> files) {
  if (files.empty()) return;
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    return files[a.where.file].path < files[b.where.file].path;
  });
}

}  // namespace

LoadResult load(std::span<const SourceFile> files, std::optional<Date> today, unsigned threads,
                const std::function<bool()>& cancelled) {
  Findings findings;
  std::vector<PluginSpec> plugins = parse_plugins(files, findings, threads);
  if (plugins.empty())
    findings.report(Code::kNoPlugin, {0, 0, 0, 0}, "there is no plugin").expected = "a folder with a plugin.yaml";
  check_manifests(plugins, findings);
  if (today) report_expired(plugins, *today, findings);
  LoadResult result;
  const auto stop = [&] { return cancelled && cancelled(); };
  build_rule_set(plugins, files, threads, stop, findings, result);
  result.plugins = std::move(plugins);
  result.diagnostics = findings.take();
  sort_by_path(result.diagnostics, files);
  return result;
}

}  // namespace kutip::loading
