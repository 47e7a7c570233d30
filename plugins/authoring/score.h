#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "authoring/annotated_text.h"

namespace kutip::authoring {

// Right ones among what was found, and among what is in the gold.
struct Tally {
  std::size_t right_found = 0, found = 0, right_gold = 0, gold = 0;

  void add(std::size_t right_of_found, std::size_t of_found, std::size_t right_of_gold, std::size_t of_gold);
  // In percent; 0 if there is nothing to divide by.
  double precision() const;
  double recall() const;
  double f1() const;
};

// `of` is what could be right.
struct Share {
  std::size_t right = 0, of = 0;
};

struct KindRecall {
  std::size_t gold = 0, overlap = 0, exact = 0;
};

// What one rule found, of one layer. Recall is by the gold of the whole layer, so the recalls of a layer's rules add
// up.
struct RuleScore {
  Tally tally;
  std::size_t wrong_speaker = 0;  // quotes found, but given to another
};

struct ScoreError {
  enum class Kind { kMissed, kSpurious, kWrongSpeaker };
  Kind kind = Kind::kMissed;
  std::string layer;  // quotes, organizations, persons
  std::string id;     // of the text
  Extent extent;
  std::string words;   // of the text, cut
  std::string rule;    // that found it; empty if missed
  std::string detail;  // wanted and found speaker
};

struct Scores {
  bool has_quotes = false, has_organizations = false, has_persons = false;
  Tally fragment_exact, overlap, characters, with_right_speaker, continuation;
  std::map<std::string, KindRecall> by_kind;
  Share speaker_overlap, speaker_exact, speaker_name, cue_overlap;
  Tally organizations, organizations_overlap, persons;
  std::map<std::string, std::map<std::string, RuleScore>> by_rule;  // layer -> PLUGIN/RULE
  std::vector<ScoreError> errors;
};

// Adds one text to the scores. A layer that the gold lacks is left alone. Quotes pair one to one, best first, where
// they share at least half of the code points of both together (Jaccard 0.5), ends trimmed; predictions over gold
// quotes outside of what is scored count neither way. O(quotes²).
void add_scores(const AnnotatedText& gold, const AnnotatedText& predicted, Scores& scores);

// Closes the sums; call once, at the end.
void finish_scores(Scores& scores);

}  // namespace kutip::authoring
