#include "bench/bench_rules.h"

#include <cstdio>
#include <cstdlib>
#include <random>
#include <sstream>
#include <variant>

#include "loading/load.h"
#include "store/rules_folder.h"

namespace kutip::bench {
namespace {

// Words of ASCII letters only, as they stand in the articles, lower-cased.
std::vector<std::string> words_of(std::span<const std::string> articles) {
  std::vector<std::string> words;
  for (const auto& article : articles) {
    std::string word;
    for (const char c : article) {
      const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      if (lower >= 'a' && lower <= 'z') {
        word += lower;
      } else if (!word.empty()) {
        words.push_back(std::move(word));
        word.clear();
      }
    }
  }
  return words;
}

std::string made_up_word(std::mt19937_64& random) {
  static constexpr char kConsonants[] = "bcdfghjklmnprstwy";
  static constexpr char kVowels[] = "aeiou";
  std::string word;
  for (std::size_t i = 0, n = 3 + random() % 2; i < n; ++i) {
    word += kConsonants[random() % (sizeof kConsonants - 1)];
    word += kVowels[random() % (sizeof kVowels - 1)];
  }
  return word;
}

std::string gazetteer(std::size_t entries, const std::vector<std::string>& words, std::mt19937_64& random) {
  std::string lines;
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = random() % (words.size() - 3);
    if (i % 50 == 0)
      lines += words[at] + " " + words[at + 1];
    else
      lines += words[at] + " " + made_up_word(random) + (i % 2 == 0 ? "" : " " + made_up_word(random));
    lines += "\tphrase" + std::to_string(i) + "\n";
  }
  return lines;
}

std::string extra_rules(std::size_t count, const std::vector<std::string>& words, std::mt19937_64& random) {
  std::ostringstream yaml;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string trigger = i % 20 == 0 ? words[random() % words.size()] : made_up_word(random);
    yaml << "  - id: extra.r" << i << "\n    title: Extra rule\n    why: Measures growth.\n    phase: extra\n"
         << "    pattern:\n      - {tok: {lower: \"" << trigger << "\"}, as: cue}\n"
         << "      - {gap: {max: 4}}\n      - {tok: {shape: [title, upper]}, min: 1, max: 4, as: name}\n"
         << "    emit:\n      - {type: EXTRA, span: $name, fields: {value: r" << i << "}}\n";
  }
  return yaml.str();
}

void add_plugin(const RulesSize& size, std::span<const std::string> articles, std::vector<loading::SourceFile>& files) {
  std::mt19937_64 random(7);
  const auto words = words_of(articles);
  files.push_back({"bench/plugin.yaml",
                   "schema: kutip.plugin/v1\nplugin: bench\nversion: 0.1.0\nengine: \">=0.1 <1\"\nlanguage: id\n"
                   "title: Bench\nmaintainers: [kutip]\nlicense: Apache-2.0\nphases: [extra]\nfiles: [bench.yaml]\n"
                   "labels:\n  EXTRA: {title: Extra}\n  PHRASE: {title: Phrase}\n"});
  files.push_back({"bench/bench.yaml",
                   "schema: kutip.rules/v1\nplugin: bench\nlexicons:\n"
                   "  phrase: {file: lexicons/phrase.tsv, columns: [form, name]}\nrules:\n"
                   "  - id: phrase\n    title: Phrase\n    why: Measures growth.\n    phase: extra\n    pattern:\n"
                   "      - {lex: phrase, as: phrase}\n    emit:\n"
                   "      - {type: PHRASE, span: $phrase, fields: {value: $phrase.name}}\n" +
                       extra_rules(size.extra_rules, words, random)});
  files.push_back({"bench/lexicons/phrase.tsv", gazetteer(size.gazetteer_entries, words, random)});
}

}  // namespace

service::ActiveRules load_rules(const RulesSize& size, std::span<const std::string> articles) {
  auto read = store::read_rules_folder(KUTIP_SOURCE_DIR "/rules");
  if (const auto* error = std::get_if<store::ReadError>(&read)) {
    std::fprintf(stderr, "%s\n", error->message.c_str());
    std::exit(2);
  }
  auto& files = std::get<std::vector<loading::SourceFile>>(read);
  if (size.gazetteer_entries != 0 || size.extra_rules != 0) add_plugin(size, articles, files);
  auto result = loading::load(files);
  if (result.rules == nullptr) {
    for (const auto& diagnostic : result.diagnostics)
      if (diagnostic.severity == loading::Severity::kError)
        std::fprintf(stderr, "%s\n", loading::format_text(diagnostic, files).c_str());
    std::exit(2);
  }
  return {std::move(result.rules), 1, {}};
}

}  // namespace kutip::bench
