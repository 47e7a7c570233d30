#include "support/generated_articles.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

namespace kutip::support {
namespace {

namespace fs = std::filesystem;

// First columns of all lexicon files whose name starts with `prefix`.
std::vector<std::string> lexicon_forms(const fs::path& folder, const std::string& prefix) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with(prefix)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> forms;
  for (const auto& file : files) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);)
      if (!line.empty() && line[0] != '#') forms.push_back(line.substr(0, line.find('\t')));
  }
  if (forms.empty()) {
    std::fprintf(stderr, "no lexicon %s* in %s\n", prefix.c_str(), folder.c_str());
    std::exit(2);
  }
  return forms;
}

std::string capitalised(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

class ArticleWriter {
 public:
  ArticleWriter(const ArticleWords& words, std::uint64_t seed) : words_(words), random_(seed) {}

  std::string article(std::size_t bytes) {
    speaker_ = full_name();
    std::string text =
        capitalised(pick(words_.common)) + " " + pick(words_.common) + " di " + pick(words_.places) + "\n\n";
    text += pick(words_.places) + " - " + introduction() + "\n\n";
    while (text.size() < bytes) text += paragraph() + "\n\n";
    return text;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  std::string full_name() { return capitalised(pick(words_.names)) + " " + capitalised(pick(words_.names)); }

  std::string clause(std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
      if (i != 0) text += below(9) == 0 ? ", " : " ";
      switch (below(24)) {
        case 0:
          text += pick(words_.organizations);
          break;
        case 1:
          text += pick(words_.places);
          break;
        case 2:
          text += std::to_string(below(900) + 1) + "," + std::to_string(below(10));
          break;
        default:
          text += pick(words_.common);
      }
    }
    return text;
  }

  std::string introduction() {
    return "Kepala " + pick(words_.organizations) + " " + speaker_ + " mengunjungi " + pick(words_.places) +
           ", Senin (" + std::to_string(below(28) + 1) + "/" + std::to_string(below(12) + 1) + ").";
  }

  std::string paragraph() {
    const std::string short_name = speaker_.substr(speaker_.rfind(' ') + 1);
    switch (below(7)) {
      case 0:
        return "\"" + capitalised(clause(14)) + ". " + capitalised(clause(9)) + ",\" kata " + short_name + " di " +
               pick(words_.places) + ".";
      case 1:
        return short_name + " mengatakan, " + clause(18) + ". " + capitalised(clause(12)) + ". " +
               capitalised(clause(15)) + ".";
      case 2:
        return "Menurut " + short_name + ", " + clause(16) + ". “" + capitalised(clause(11)) + ",” ujarnya.";
      case 3:
        speaker_ = full_name();
        return introduction() + " " + capitalised(clause(17)) + ".";
      case 4:
        return capitalised(clause(13)) + " program “" + capitalised(pick(words_.common)) + "” " + clause(8) + ".";
      default:
        return capitalised(clause(21)) + ". " + capitalised(clause(16)) + ". " + capitalised(clause(11)) + ".";
    }
  }

  const ArticleWords& words_;
  std::mt19937_64 random_;
  std::string speaker_;
};

}  // namespace

ArticleWords indonesian_words(const std::string& rules_folder) {
  const fs::path lexicons = fs::path(rules_folder) / "id" / "lexicons";
  return {lexicon_forms(lexicons, "common_word"), lexicon_forms(lexicons, "given_name"),
          lexicon_forms(lexicons, "place"), lexicon_forms(lexicons, "org_state")};
}

std::vector<std::string> generate_articles(const ArticleWords& words, std::size_t count, std::size_t bytes,
                                           std::uint64_t seed) {
  ArticleWriter writer(words, seed);
  std::vector<std::string> articles;
  articles.reserve(count);
  for (std::size_t i = 0; i < count; ++i) articles.push_back(writer.article(bytes));
  return articles;
}

}  // namespace kutip::support
