#include "loading/parse_rule_file.h"

#include <array>
#include <string_view>

#include "loading/map_reader.h"
#include "loading/names.h"
#include "loading/node_reader.h"
#include "loading/parse_manifest.h"
#include "loading/parse_pattern.h"
#include "loading/parse_rule.h"

namespace kutip::loading {
namespace {

// `file`, `words`, `from` and `union` exclude each other, and some keys go with one of them only.
bool check_source_of(MapReader& map, Findings& findings) {
  static constexpr std::array<std::string_view, 4> kSources = {"file", "words", "from", "union"};
  std::vector<std::string_view> given;
  for (const std::string_view key : kSources)
    if (map.has(key)) given.push_back(key);
  if (given.size() == 1) return true;
  Diagnostic& d = given.empty() ? findings.report(Code::kMissingKey, map.node().where, "a lexicon without entries")
                                : findings.report(Code::kKeysExclude, map.key_range(given[1]),
                                                  quoted(given[0]) + " and " + quoted(given[1]) + " in one lexicon");
  d.expected = "one of `file`, `words`, `from`, `union`";
  return false;
}

void check_goes_with(MapReader& map, std::string_view key, std::string_view source, Findings& findings) {
  if (!map.has(key) || map.has(source)) return;
  findings.report(Code::kKeysExclude, map.key_range(key), quoted(key) + " goes with " + quoted(source) + " only");
}

// The first column is the form whatever it is called; two of one name could not be told apart.
void check_columns(const Names& columns, Findings& findings) {
  for (std::size_t i = 1; i < columns.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      if (columns[i].value != columns[k].value) continue;
      Diagnostic& d =
          findings.report(Code::kKeysExclude, columns[i].where, "two columns are called " + quoted(columns[i].value));
      d.related.emplace_back(columns[k].where, "first here");
      break;
    }
}

std::optional<LexiconSpec> parse_lexicon(const YamlNode::Key& key, const YamlNode& node, Findings& findings) {
  static constexpr std::array<std::string_view, 3> kMatches = {"folded", "exact", "capital"};
  const std::size_t errors = findings.error_count();
  LexiconSpec lexicon;
  lexicon.name = {key.text, key.where};
  check_name_style(lexicon.name, NameStyle::kIdentifier, "lexicon", findings);
  MapReader map(node, "the lexicon", findings, "{file: PATH} or {words: [WORD, …]}");
  if (!map.ok()) return std::nullopt;
  lexicon.file = map.name("file");
  lexicon.from = map.name("from");
  lexicon.suffix = map.has("from") ? map.required_name("suffix") : map.name("suffix");
  if (const YamlNode* words = map.optional("words")) lexicon.words = read_names(*words, findings);
  if (const YamlNode* names = map.optional("union")) lexicon.union_of = read_names(*names, findings);
  if (const YamlNode* columns = map.optional("columns")) lexicon.columns = read_names(*columns, findings);
  if (const YamlNode* match = map.optional("match"))
    if (const auto choice = read_choice(*match, kMatches, findings))
      lexicon.match = static_cast<LexiconMatchSpec>(*choice);
  check_columns(lexicon.columns, findings);
  map.finish();
  if (findings.error_count() != errors || !check_source_of(map, findings)) return std::nullopt;
  check_goes_with(map, "columns", "file", findings);
  check_goes_with(map, "suffix", "from", findings);
  if (lexicon.union_of && map.has("match")) {
    Diagnostic& d = findings.report(Code::kKeysExclude, map.key_range("match"), "`match` on a `union`");
    d.help = "each lexicon of the union keeps its own `match`";
  }
  return lexicon;
}

void parse_lexicons(const YamlNode& node, RuleFileSpec& file, Findings& findings) {
  if (!expect_map(node, "a mapping of lexicons", findings)) return;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    auto lexicon = parse_lexicon(node.keys[i], node.items[i], findings);
    if (lexicon) file.lexicons.push_back(*std::move(lexicon));
    if (!lexicon) file.complete = false;
  }
}

void parse_macros(const YamlNode& node, RuleFileSpec& file, Findings& findings) {
  if (!expect_map(node, "a mapping of macros", findings)) return;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    MacroSpec macro;
    macro.name = {node.keys[i].text, node.keys[i].where};
    check_name_style(macro.name, NameStyle::kIdentifier, "macro", findings);
    MapReader map(node.items[i], "the macro", findings, "{pattern: [STEP, …]}");
    macro.pattern.sound = map.ok();
    if (map.ok()) {
      const YamlNode* pattern = map.required("pattern");
      if (pattern != nullptr) macro.pattern = parse_pattern(*pattern, findings);
      macro.pattern.sound &= pattern != nullptr;
      map.finish();
    }
    file.macros.push_back(std::move(macro));
  }
}

}  // namespace

RuleFileSpec parse_rule_file(const YamlNode& root, const SourceText& source, Findings& findings) {
  RuleFileSpec file;
  file.file = source.file();
  MapReader map(root, "the rule file", findings, "schema: kutip.rules/v1");
  file.complete = map.ok();
  if (!map.ok()) return file;
  parse_schema(map, "kutip.rules/v1");
  file.plugin = map.required_name("plugin");
  if (const YamlNode* lexicons = map.optional("lexicons")) parse_lexicons(*lexicons, file, findings);
  if (const YamlNode* macros = map.optional("macros")) parse_macros(*macros, file, findings);
  if (const YamlNode* rules = map.optional("rules"))
    if (expect_list(*rules, "a list of rules", findings))
      for (const YamlNode& item : rules->items) file.rules.push_back(parse_rule(item, source, findings));
  map.finish();
  return file;
}

}  // namespace kutip::loading
