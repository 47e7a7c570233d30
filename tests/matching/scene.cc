#include "scene.h"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

#include "steps.h"

namespace kutip::matching {

void take_all_room(TokenClasses& classes) {
  constexpr text::WordId kNobodys = 1'000'000;
  for (std::size_t i = 0; i < TokenClasses::kMaxListed; ++i)
    classes.of_words({kNobodys + static_cast<text::WordId>(i)});
}

Scene::Scene() : builder_(std::make_unique<LexiconSet::Builder>(vocabulary_)) {}

LexiconId Scene::lexicon(std::vector<std::string> entries, LexiconMatch match) {
  const LexiconId id = builder_->add_lexicon("lexicon", match, {"form", "value"});
  std::uint32_t line = 0;
  for (const std::string& entry : entries) {
    const std::string_view whole(entry);
    const std::size_t tab = std::min(whole.find('\t'), whole.size());
    const std::array<std::string_view, 2> columns = {whole.substr(0, tab),
                                                     whole.substr(std::min(tab + 1, whole.size()))};
    const auto tokens = text::tokenize_normal_forms(columns[0], rules_);
    builder_->add_entry(id, tokens, std::span(columns).first(tab < whole.size() ? 2 : 1), ++line);
  }
  return id;
}

Condition Scene::lower(std::vector<std::string> words) {
  Condition condition;
  for (const std::string& word : words) condition.lower.push_back(vocabulary_.add(word));
  return condition;
}

void Scene::read(std::string_view text) {
  if (builder_) lexicons_ = std::move(*builder_).build();
  builder_.reset();
  text_ = text;
  document_.analyze(text_, rules_, vocabulary_);
  hits_.find(lexicons_, document_);
  annotations_.reset(all().end);
  facts_version_ = static_cast<std::size_t>(-1);
}

void Scene::share_classes(std::shared_ptr<TokenClasses> classes) {
  classes_ = std::move(classes);
  facts_version_ = static_cast<std::size_t>(-1);
}

MatchInput Scene::input() const {
  if (facts_version_ != classes_->version()) {
    facts_version_ = classes_->version();
    classes_->index(vocabulary_, lexicons_);
    text::Cancellation never;
    facts_.find(*classes_, document_, hits_, never);
  }
  return {document_, hits_, facts_, annotations_};
}

std::int64_t Scene::annotate(TypeId type, text::TokenRange range, std::uint32_t forms) {
  return annotate(type, range, range, forms);
}

std::int64_t Scene::annotate(TypeId type, text::TokenRange range, text::TokenRange inner, std::uint32_t forms) {
  annotations_.add({range, inner, type, forms, 0});
  return static_cast<std::int64_t>(annotations_.all().size()) - 1;
}

std::string Scene::words(text::TokenRange range) const {
  std::string joined;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (i > range.begin) joined += ' ';
    joined += document_.text(document_.tokens()[i]);
  }
  return joined;
}

Program Scene::compiled(const Pattern& pattern) const {
  auto result = compile(pattern, vocabulary_, *classes_);
  if (std::holds_alternative<PatternError>(result)) throw std::logic_error("the pattern of the test has an error");
  return std::get<Program>(std::move(result));
}

std::vector<Candidate> Scene::candidates(const Program& program) const {
  const CandidateFinder::Rule rules[] = {{0, 0, &program}};
  std::vector<Candidate> found;
  const CandidateFinder finder(rules, vocabulary_.size(), lexicons_.lexicon_count());
  CandidateFinder::Memory memory;
  finder.read_text(input(), memory);
  finder.find(0, input(), memory, found);
  return found;
}

std::vector<Match> Scene::matches(const Steps& steps) {
  const Program program = compiled(pattern_of(steps));
  std::vector<Match> found;
  for (const Candidate& candidate : candidates(program)) {
    const text::TokenRange sentence = document_.sentences()[document_.sentence_of(candidate.range.begin)];
    Match match;
    if (matcher_.match(program, input(), candidate, sentence, match)) found.push_back(match);
  }
  return found;
}

std::vector<Match> Scene::matches_in(const Steps& steps, text::TokenRange unit) {
  const Program program = compiled(pattern_of(steps));
  std::vector<Match> found;
  for (const Candidate& candidate : candidates(program)) {
    Match match;
    if (matcher_.match(program, input(), candidate, unit, match)) found.push_back(match);
  }
  return found;
}

std::vector<std::string> Scene::matched(const Steps& steps) {
  std::vector<std::string> found;
  for (const Match& match : matches(steps)) found.push_back(words(match.range));
  return found;
}

std::vector<std::string> Scene::captured(const Steps& steps, CaptureId capture) {
  std::vector<std::string> found;
  for (const Match& match : matches(steps)) {
    const Capture& taken = match.captures.at(capture);
    found.push_back(taken.taken ? words(taken.range) : "-");
  }
  return found;
}

}  // namespace kutip::matching
