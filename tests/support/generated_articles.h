#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kutip::support {

// Words that generated articles are made of, each list not empty.
struct ArticleWords {
  std::vector<std::string> common;  // lower-case words for running text
  std::vector<std::string> names;   // given names and surnames
  std::vector<std::string> places;
  std::vector<std::string> organizations;
};

// The words of the shipped Indonesian lexicons, so that generated text hits what real text hits.
// Exits the process with a message if `rules_folder` does not hold them.
ArticleWords indonesian_words(const std::string& rules_folder);

// `count` different articles of about `bytes` bytes each: news-like paragraphs with direct and indirect quotes,
// organizations, scare quotes, dates and figures. The same seed gives the same articles.
std::vector<std::string> generate_articles(const ArticleWords& words, std::size_t count, std::size_t bytes,
                                           std::uint64_t seed);

}  // namespace kutip::support
