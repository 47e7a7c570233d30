#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/document.h"

namespace kutip::text {

// An analyzed text whose parts can be read as strings.
class Analyzed {
 public:
  explicit Analyzed(std::string text, std::initializer_list<std::string_view> abbreviations = {"dr", "prof", "tbk"})
      : text_(std::move(text)) {
    for (const std::string_view form : abbreviations) {
      const WordId word = vocabulary_.add(form);
      rules_.abbreviation.resize(word + 1, 0);
      rules_.abbreviation[word] = 1;
    }
    rules_.split_suffixes = {"’s", "'s"};
    document_.analyze(text_, rules_, vocabulary_);
  }
  Analyzed(const Analyzed&) = delete;
  Analyzed& operator=(const Analyzed&) = delete;

  const Document& document() const { return document_; }

  std::vector<std::string> tokens() const {
    std::vector<std::string> texts;
    for (const Token& token : document_.tokens()) texts.emplace_back(document_.text(token));
    return texts;
  }
  std::vector<std::string> sentences() const { return texts_of(document_.sentences()); }
  std::vector<std::string> paragraphs() const { return texts_of(document_.paragraphs()); }

  // Quoted spans, each with one '>' before it for each level it is nested, and '?' if it is not closed.
  std::vector<std::string> quoted() const {
    std::vector<std::string> texts;
    for (const QuotedSpan& span : document_.quoted()) {
      texts.push_back(std::string(span.depth, '>') + (span.closed ? "" : "?") +
                      std::string(document_.text(span.range)));
    }
    return texts;
  }

  std::vector<std::string> parts_of(const QuotedSpan& span) const {
    return texts_of(document_.quoted_parts().subspan(span.first_part, span.part_count));
  }

 private:
  std::vector<std::string> texts_of(std::span<const TokenRange> ranges) const {
    std::vector<std::string> texts;
    for (const TokenRange range : ranges) texts.emplace_back(document_.text(range));
    return texts;
  }

  std::string text_;
  Vocabulary vocabulary_;
  TextRules rules_;
  Document document_;
};

using Strings = std::vector<std::string>;

}  // namespace kutip::text
