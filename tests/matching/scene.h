#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "matching/annotation_index.h"
#include "matching/lexicon.h"
#include "matching/match_input.h"
#include "matching/matcher.h"
#include "matching/pattern.h"
#include "text/document.h"
#include "text/vocabulary.h"

namespace kutip::matching {

// A text with lexicons and annotations to match patterns against. Lexicons and words first, then read(), then the rest.
class Scene {
 public:
  Scene();

  // Entries are cut into tokens like text; the columns are form and, behind a TAB, value.
  LexiconId lexicon(std::vector<std::string> entries, LexiconMatch match = LexiconMatch::kFolded);
  // A condition on the normal form.
  Condition lower(std::vector<std::string> words);
  text::Vocabulary& vocabulary() { return vocabulary_; }

  // Replaces the document; annotations are gone. Keeps a copy of the text.
  void read(std::string_view text);
  // Returns the index of the annotation. `inner` is the range if it is not given.
  std::int64_t annotate(TypeId type, text::TokenRange range, std::uint32_t forms = 0);
  std::int64_t annotate(TypeId type, text::TokenRange range, text::TokenRange inner, std::uint32_t forms);

  const text::Document& document() const { return document_; }
  const LexiconSet& lexicons() const { return lexicons_; }
  const LexiconHits& hits() const { return hits_; }
  const AnnotationIndex& annotations() const { return annotations_; }
  MatchInput input() const;
  // Of the programs it compiled.
  TokenClasses& classes() const { return *classes_; }
  // Programs compiled for one scene fit others with equal words and lexicons if they share their classes.
  void share_classes(std::shared_ptr<TokenClasses> classes);
  text::TokenRange all() const { return {0, static_cast<std::uint32_t>(document_.tokens().size())}; }
  // Texts of tokens joined by single spaces.
  std::string words(text::TokenRange range) const;

  // REQUIRES: the pattern is free of errors.
  Program compiled(const Pattern& pattern) const;
  std::vector<Candidate> candidates(const Program& program) const;
  // One for each candidate that matches within the sentence around it, or within `unit`.
  std::vector<Match> matches(const Steps& steps);
  std::vector<Match> matches_in(const Steps& steps, text::TokenRange unit);
  // The words of the matches, and those of a capture in them ("-" if it was not taken).
  std::vector<std::string> matched(const Steps& steps);
  std::vector<std::string> captured(const Steps& steps, CaptureId capture = 0);

  Matcher& matcher() { return matcher_; }

 private:
  text::Vocabulary vocabulary_;
  text::TextRules rules_;
  std::unique_ptr<LexiconSet::Builder> builder_;
  LexiconSet lexicons_;
  std::string text_;
  text::Document document_;
  LexiconHits hits_;
  AnnotationIndex annotations_;
  // Patterns may be compiled after the text was read: facts are found anew then.
  std::shared_ptr<TokenClasses> classes_ = std::make_shared<TokenClasses>();
  mutable TokenFacts facts_;
  mutable std::size_t facts_version_ = static_cast<std::size_t>(-1);
  Matcher matcher_;
};

// So that further lists of words and texts get no class.
void take_all_room(TokenClasses& classes);

}  // namespace kutip::matching
