#include "loading/apply_overlays.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>

#include "loading/check_manifests.h"
#include "loading/names.h"
#include "loading/version.h"

namespace kutip::loading {
namespace {

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// How one key of a rule is set, and lengthened.
struct RuleKey {
  std::string_view name;
  void (*replace)(RuleSpec&, const RuleSpec&);
  void (*append)(RuleSpec&, const RuleSpec&);
};

constexpr std::array kRuleKeys = {
    RuleKey{"title", [](RuleSpec& to, const RuleSpec& from) { to.title = from.title; }, nullptr},
    RuleKey{"why", [](RuleSpec& to, const RuleSpec& from) { to.why = from.why; }, nullptr},
    RuleKey{"phase", [](RuleSpec& to, const RuleSpec& from) { to.phase = from.phase; }, nullptr},
    RuleKey{"priority", [](RuleSpec& to, const RuleSpec& from) { to.priority = from.priority; }, nullptr},
    RuleKey{"unit", [](RuleSpec& to, const RuleSpec& from) { to.unit = from.unit; }, nullptr},
    RuleKey{"overlap", [](RuleSpec& to, const RuleSpec& from) { to.overlap = from.overlap; }, nullptr},
    RuleKey{"confidence", [](RuleSpec& to, const RuleSpec& from) { to.confidence = from.confidence; }, nullptr},
    RuleKey{"pattern", [](RuleSpec& to, const RuleSpec& from) { to.pattern = from.pattern; }, nullptr},
    RuleKey{"suppress_when", [](RuleSpec& to, const RuleSpec& from) { to.exceptions = from.exceptions; },
            [](RuleSpec& to, const RuleSpec& from) { append(to.exceptions, from.exceptions); }},
    RuleKey{"check", [](RuleSpec& to, const RuleSpec& from) { to.checks = from.checks; },
            [](RuleSpec& to, const RuleSpec& from) { append(to.checks, from.checks); }},
    RuleKey{"emit", [](RuleSpec& to, const RuleSpec& from) { to.emits = from.emits; },
            [](RuleSpec& to, const RuleSpec& from) { append(to.emits, from.emits); }},
    RuleKey{"alias", [](RuleSpec& to, const RuleSpec& from) { to.aliases = from.aliases; },
            [](RuleSpec& to, const RuleSpec& from) { append(to.aliases, from.aliases); }},
    RuleKey{"tests", [](RuleSpec& to, const RuleSpec& from) { to.tests = from.tests; },
            [](RuleSpec& to, const RuleSpec& from) { append(to.tests, from.tests); }},
};

const RuleKey* find_key(std::string_view name) {
  const auto at = std::find_if(kRuleKeys.begin(), kRuleKeys.end(), [&](const RuleKey& k) { return k.name == name; });
  return at == kRuleKeys.end() ? nullptr : at;
}

class OverlayApplier {
 public:
  OverlayApplier(std::vector<PluginSpec>& plugins, Findings& findings) : plugins_(plugins), findings_(findings) {}

  // Index of the plugin that the overlay changes; appends it if the overlay makes it.
  std::optional<std::uint32_t> target_of(const OverlaySpec& overlay) {
    const auto base = find_base(overlay);
    if (!base || !check_version(overlay, plugins_[*base])) return std::nullopt;
    if (!overlay.makes) return base;
    if (!overlay.makes->plugin.given()) return std::nullopt;
    PluginSpec made = plugins_[*base];
    made.made_by_overlay = true;
    made.manifest.plugin = overlay.makes->plugin;
    made.manifest.version = overlay.makes->version;
    made.manifest.language = overlay.makes->language;
    made.manifest.title = overlay.makes->title;
    plugins_.push_back(std::move(made));
    return static_cast<std::uint32_t>(plugins_.size() - 1);
  }

  void apply(const OverlaySpec& overlay, std::uint32_t target) {
    for (const RuleChangeSpec& change : overlay.rules) apply(change, target);
    for (const LexiconChangeSpec& change : overlay.lexicons) apply(change, target);
  }

  void remove_disabled() {
    for (const auto& [plugin, rule] : disabled_)
      for (RuleFileSpec& file : plugins_[plugin].files)
        std::erase_if(file.rules, [&rule = rule](const RuleSpec& spec) { return spec.id.value == rule; });
  }

 private:
  std::optional<std::uint32_t> find_base(const OverlaySpec& overlay) {
    if (!overlay.base.given()) return std::nullopt;
    const auto base = find_plugin(plugins_, overlay.base.value);
    const bool all_read = std::all_of(plugins_.begin(), plugins_.end(), [](const auto& p) { return p.manifest_read; });
    if (base || !all_read) return base;
    std::vector<std::string> names;
    for (const PluginSpec& plugin : plugins_)
      if (plugin.manifest.plugin.given()) names.push_back(plugin.manifest.plugin.value);
    report_unknown(Code::kUnknownBase, overlay.base.where, "plugin", overlay.base.value, names, findings_);
    return std::nullopt;
  }

  bool check_version(const OverlaySpec& overlay, const PluginSpec& base) {
    const Name& wanted = overlay.base_versions;
    if (!wanted.given()) return false;
    const auto range = VersionRange::parse(wanted.value);
    if (!range) {
      findings_.report(Code::kBadVersion, wanted.where, quoted(wanted.value) + " is not a range of versions").expected =
          "versions with >=, >, <=, <, separated by spaces, like \">=0.1 <1\"";
      return false;
    }
    const auto version = parse_version(base.manifest.version.value);
    if (!version || range->contains(*version)) return version.has_value();
    Diagnostic& d = findings_.report(Code::kBaseVersion, wanted.where,
                                     quoted(overlay.base.value) + " has version " + base.manifest.version.value);
    d.related.emplace_back(base.manifest.version.where, "its version");
    d.help = "look through the changes against this version, then widen the range";
    return false;
  }

  void apply(const RuleChangeSpec& change, std::uint32_t target) {
    if (!change.rule.given()) return;
    RuleSpec* rule = find_rule(plugins_[target], change.rule);
    if (rule == nullptr) return;
    note_expiry(change.why.expires, "the change of rule " + quoted(change.rule.value), plugins_[target]);
    if (change.disable) {
      claim(target, change.rule, "", true);
      disabled_.emplace_back(target, change.rule.value);
      return;
    }
    for (const Name& key : change.replaced) {
      const RuleKey* known = find_key(key.value);
      if (known == nullptr || !claim(target, change.rule, key, true)) continue;
      known->replace(*rule, change.replace);
    }
    for (const Name& key : change.appended) {
      const RuleKey* known = find_key(key.value);
      if (known == nullptr || known->append == nullptr || !claim(target, change.rule, key, false)) continue;
      known->append(*rule, change.append);
    }
  }

  bool claim(std::uint32_t target, const Name& rule, std::string_view key, bool alone) {
    return claim(target, rule, {std::string(key), rule.where}, alone);
  }

  // False if another change has the key of the rule already. Appending changes get on with each other. The empty key
  // stands for the whole rule.
  bool claim(std::uint32_t target, const Name& rule, const Name& key, bool alone) {
    const auto begin = claims_.lower_bound({target, rule.value, ""});
    for (auto at = begin;
         at != claims_.end() && std::get<0>(at->first) == target && std::get<1>(at->first) == rule.value; ++at) {
      const std::string& other = std::get<2>(at->first);
      const bool meet = other.empty() || key.value.empty() || other == key.value;
      if (!meet || (!alone && !at->second.alone)) continue;
      Diagnostic& d = findings_.report(
          Code::kChangedTwice, key.where,
          "two changes of " + (key.value.empty() ? "" : quoted(key.value) + " of ") + "rule " + quoted(rule.value));
      d.related.emplace_back(at->second.where, "first here");
      d.help = "no order of overlays decides which one counts; make them one change";
      return false;
    }
    claims_.try_emplace({target, rule.value, key.value}, Claim{key.where, alone});
    return true;
  }

  RuleSpec* find_rule(PluginSpec& plugin, const Name& name) {
    std::vector<std::string> known;
    for (RuleFileSpec& file : plugin.files)
      for (RuleSpec& rule : file.rules) {
        if (rule.id.value == name.value) return &rule;
        known.push_back(rule.id.value);
      }
    if (plugin.complete) report_unknown(Code::kUnknownRule, name.where, "rule", name.value, known, findings_);
    return nullptr;
  }

  void apply(const LexiconChangeSpec& change, std::uint32_t target) {
    if (!change.lexicon.given()) return;
    LexiconSpec* lexicon = find_lexicon(plugins_[target], change.lexicon);
    if (lexicon == nullptr) return;
    if (lexicon->union_of) {
      Diagnostic& d = findings_.report(Code::kKeysExclude, change.lexicon.where,
                                       quoted(change.lexicon.value) + " is a union, and has no entries of its own");
      d.help = "change one of its lexicons";
      return;
    }
    note_expiry(change.why.expires, "the change of lexicon " + quoted(change.lexicon.value), plugins_[target]);
    append(lexicon->removed, change.removed);
    append(lexicon->added, change.added);
    if (change.file.given()) lexicon->added_files.push_back(change.file);
  }

  LexiconSpec* find_lexicon(PluginSpec& plugin, const Name& name) {
    std::vector<std::string> known;
    for (RuleFileSpec& file : plugin.files)
      for (LexiconSpec& lexicon : file.lexicons) {
        if (lexicon.name.value == name.value) return &lexicon;
        known.push_back(lexicon.name.value);
      }
    if (plugin.complete) report_unknown(Code::kUnknownLexicon, name.where, "lexicon", name.value, known, findings_);
    return nullptr;
  }

  static void note_expiry(const ExpirySetting& expires, std::string what, PluginSpec& plugin) {
    if (expires.last_day) plugin.expiries.push_back({*expires.last_day, expires.where, std::move(what)});
  }

  struct Claim {
    SourceRange where;
    bool alone = true;
  };
  std::vector<PluginSpec>& plugins_;
  Findings& findings_;
  std::map<std::tuple<std::uint32_t, std::string, std::string>, Claim> claims_;
  std::vector<std::pair<std::uint32_t, std::string>> disabled_;
};

}  // namespace

void apply_overlays(std::span<const OverlaySpec> overlays, std::vector<PluginSpec>& plugins, Findings& findings) {
  OverlayApplier applier(plugins, findings);
  std::vector<std::optional<std::uint32_t>> targets(overlays.size());
  // What is made first, from bases that nothing has changed yet; then overlays of what was made find it.
  for (const bool making : {true, false})
    for (std::size_t i = 0; i < overlays.size(); ++i)
      if (overlays[i].makes.has_value() == making) targets[i] = applier.target_of(overlays[i]);
  for (std::size_t i = 0; i < overlays.size(); ++i)
    if (targets[i]) applier.apply(overlays[i], *targets[i]);
  applier.remove_disabled();
}

}  // namespace kutip::loading
