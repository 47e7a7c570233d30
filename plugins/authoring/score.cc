#include "authoring/score.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "authoring/extents.h"
#include "authoring/pair_quotes.h"
#include "text/normal_form.h"
#include "text/utf8.h"

namespace kutip::authoring {
namespace {

constexpr std::size_t kShownCodePoints = 160;

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string name_key(const std::string& name) {
  const std::string key = text::normal_form(name);
  const std::size_t begin = std::min(key.find_first_not_of(' '), key.size());
  const std::size_t end = key.find_last_not_of(' ');
  return end == std::string::npos ? "" : key.substr(begin, end + 1 - begin);
}

// UTF-8 of part of a text.
std::string words_of(const std::string& text, Extent extent) {
  std::size_t at = 0;
  std::uint32_t point = 0;
  for (; at < text.size() && point < extent.begin; ++point) at += text::code_point_at(text, at).size;
  const std::size_t begin = at;
  const std::uint32_t end = std::min(extent.end, extent.begin + static_cast<std::uint32_t>(kShownCodePoints));
  for (; at < text.size() && point < end; ++point) at += text::code_point_at(text, at).size;
  return text.substr(begin, at - begin) + (end < extent.end ? "…" : "");
}

// Size of the intersection of two multisets.
std::size_t common(std::vector<Extent> a, std::vector<Extent> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<Extent> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.size();
}

class TextScorer {
 public:
  TextScorer(const AnnotatedText& gold, const AnnotatedText& predicted, Scores& scores)
      : gold_(gold), predicted_(predicted), scores_(scores), text_(decode(gold.text)) {}

  void score_quotes() {
    scores_.has_quotes = true;
    std::vector<MarkedQuote> scored, dropped;
    for (const MarkedQuote& quote : *gold_.quotes) (quote.reporting ? scored : dropped).push_back(quote);
    const std::vector<MarkedQuote> found = without_ignored(scored, dropped);
    const std::vector<QuotePair> pairs = pair_quotes(text_, scored, found);
    score_extents(scored, found);
    scores_.overlap.add(pairs.size(), found.size(), pairs.size(), scored.size());
    std::size_t good = 0;
    for (const QuotePair& pair : pairs) good += score_pair(scored[pair.gold], found[pair.found]) ? 1 : 0;
    scores_.with_right_speaker.add(good, found.size(), good, scored.size());
    note_unpaired(scored, found, pairs);
  }

  void score_names(const char* layer, const std::vector<MarkedName>& gold,
                   const std::optional<std::vector<MarkedName>>& found, Tally& tally, Tally* overlap) {
    std::set<Extent> wanted;
    for (const MarkedName& name : gold) wanted.insert(trimmed(text_, name.extent));
    std::map<Extent, std::string> got;
    for (const MarkedName& name : found.value_or(std::vector<MarkedName>()))
      got.emplace(trimmed(text_, name.extent), name.rule);
    std::size_t right = 0;
    for (const auto& [extent, rule] : got) {
      const bool good = wanted.contains(extent);
      right += good ? 1 : 0;
      RuleScore& of_rule = scores_.by_rule[layer][rule];
      of_rule.tally.add(good ? 1 : 0, 1, good ? 1 : 0, 0);
      if (!good) note(ScoreError::Kind::kSpurious, layer, extent, rule);
    }
    for (const Extent& extent : wanted)
      if (!got.contains(extent)) note(ScoreError::Kind::kMissed, layer, extent, "");
    tally.add(right, got.size(), right, wanted.size());
    if (overlap != nullptr) score_overlap(wanted, got, *overlap);
  }

 private:
  // What was found, but for what falls on attributions outside the scored ones only.
  std::vector<MarkedQuote> without_ignored(const std::vector<MarkedQuote>& scored,
                                           const std::vector<MarkedQuote>& dropped) const {
    std::vector<MarkedQuote> found = predicted_.quotes.value_or(std::vector<MarkedQuote>());
    if (dropped.empty()) return found;
    std::set<std::size_t> ignored;
    for (const QuotePair& pair : pair_quotes(text_, dropped, found)) ignored.insert(pair.found);
    for (const QuotePair& pair : pair_quotes(text_, scored, found)) ignored.erase(pair.found);
    std::vector<MarkedQuote> kept;
    for (std::size_t i = 0; i < found.size(); ++i)
      if (!ignored.contains(i)) kept.push_back(found[i]);
    return kept;
  }

  std::vector<Extent> fragments_of(const std::vector<MarkedQuote>& quotes) const {
    std::vector<Extent> fragments;
    for (const MarkedQuote& quote : quotes)
      for (const Extent& fragment : quote.fragments) fragments.push_back(fragment);
    return fragments;
  }

  void score_extents(const std::vector<MarkedQuote>& gold, const std::vector<MarkedQuote>& found) {
    const auto gold_fragments = fragments_of(gold), found_fragments = fragments_of(found);
    const std::size_t exact = common(trimmed(text_, gold_fragments), trimmed(text_, found_fragments));
    scores_.fragment_exact.add(exact, found_fragments.size(), exact, gold_fragments.size());
    const CodePointSet gold_points(gold_fragments), found_points(found_fragments);
    const std::size_t shared = gold_points.common_with(found_points);
    scores_.characters.add(shared, found_points.size(), shared, gold_points.size());
  }

  // True if the speaker is right, or the gold names none.
  bool score_pair(const MarkedQuote& gold, const MarkedQuote& found) {
    bool right = true;
    RuleScore& rule = scores_.by_rule["quotes"][found.rule];
    rule.tally.add(1, 0, 1, 0);
    if (!gold.speaker.empty()) {
      auto wanted = trimmed(text_, gold.speaker), got = trimmed(text_, found.speaker);
      right = any_overlap(wanted, got);
      std::sort(wanted.begin(), wanted.end());
      std::sort(got.begin(), got.end());
      scores_.speaker_overlap.of += 1;
      scores_.speaker_overlap.right += right ? 1 : 0;
      scores_.speaker_exact.of += 1;
      scores_.speaker_exact.right += wanted == got ? 1 : 0;
    }
    if (!gold.speaker_name.empty()) {
      scores_.speaker_name.of += 1;
      scores_.speaker_name.right += name_key(gold.speaker_name) == name_key(found.speaker_name) ? 1 : 0;
    }
    if (!gold.cue.empty()) {
      scores_.cue_overlap.of += 1;
      scores_.cue_overlap.right += any_overlap(gold.cue, found.cue) ? 1 : 0;
    }
    if (gold.says_continuation) score_continuation(gold, found);
    if (!right) note_wrong_speaker(gold, found, rule);
    return right;
  }

  void score_continuation(const MarkedQuote& gold, const MarkedQuote& found) {
    const auto points = [](const std::optional<Extent>& extent) {
      return CodePointSet(extent ? std::vector<Extent>{*extent} : std::vector<Extent>());
    };
    const CodePointSet wanted = points(gold.continuation), got = points(found.continuation);
    const std::size_t shared = wanted.common_with(got);
    scores_.continuation.add(shared, got.size(), shared, wanted.size());
  }

  void note_wrong_speaker(const MarkedQuote& gold, const MarkedQuote& found, RuleScore& rule) {
    ++rule.wrong_speaker;
    note(ScoreError::Kind::kWrongSpeaker, "quotes", whole(gold), found.rule);
    const auto words = [&](const MarkedQuote& quote) {
      if (!quote.speaker.empty()) return words_of(gold_.text, quote.speaker.front());
      return quote.speaker_name.empty() ? std::string("nobody") : quote.speaker_name;
    };
    scores_.errors.back().detail = "wanted " + words(gold) + ", found " + words(found);
  }

  void note_unpaired(const std::vector<MarkedQuote>& gold, const std::vector<MarkedQuote>& found,
                     const std::vector<QuotePair>& pairs) {
    std::set<std::size_t> paired_gold, paired_found;
    for (const QuotePair& pair : pairs) {
      paired_gold.insert(pair.gold);
      paired_found.insert(pair.found);
    }
    const auto fragments = trimmed(text_, fragments_of(found));
    for (std::size_t i = 0; i < gold.size(); ++i) {
      KindRecall& kind = scores_.by_kind[gold[i].kind];
      const auto& own = gold[i].fragments;
      kind.gold += 1;
      kind.overlap += paired_gold.contains(i) ? 1 : 0;
      kind.exact += std::all_of(own.begin(), own.end(), [&](const Extent& fragment) {
        return std::find(fragments.begin(), fragments.end(), trimmed(text_, fragment)) != fragments.end();
      });
      if (!paired_gold.contains(i)) note(ScoreError::Kind::kMissed, "quotes", whole(gold[i]), "");
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      scores_.by_rule["quotes"][found[i].rule].tally.add(0, 1, 0, 0);
      if (!paired_found.contains(i)) note(ScoreError::Kind::kSpurious, "quotes", whole(found[i]), found[i].rule);
    }
  }

  static void score_overlap(const std::set<Extent>& wanted, const std::map<Extent, std::string>& got, Tally& tally) {
    std::vector<Extent> found;
    for (const auto& [extent, rule] : got) found.push_back(extent);
    const std::vector<Extent> gold(wanted.begin(), wanted.end());
    const auto hits = [](const std::vector<Extent>& of, const std::vector<Extent>& in) {
      return static_cast<std::size_t>(
          std::count_if(of.begin(), of.end(), [&](const Extent& extent) { return any_overlap({extent}, in); }));
    };
    tally.add(hits(found, gold), found.size(), hits(gold, found), gold.size());
  }

  static Extent whole(const MarkedQuote& quote) {
    return quote.fragments.empty() ? Extent{} : Extent{quote.fragments.front().begin, quote.fragments.back().end};
  }

  void note(ScoreError::Kind kind, const char* layer, Extent extent, const std::string& rule) {
    scores_.errors.push_back({kind, layer, gold_.id, extent, words_of(gold_.text, extent), rule, ""});
  }

  const AnnotatedText& gold_;
  const AnnotatedText& predicted_;
  Scores& scores_;
  std::u32string text_;
};

}  // namespace

void Tally::add(std::size_t right_of_found, std::size_t of_found, std::size_t right_of_gold, std::size_t of_gold) {
  right_found += right_of_found;
  found += of_found;
  right_gold += right_of_gold;
  gold += of_gold;
}

double Tally::precision() const {
  return percent(right_found, found);
}

double Tally::recall() const {
  return percent(right_gold, gold);
}

double Tally::f1() const {
  const double p = precision(), r = recall();
  return p + r == 0 ? 0 : 2 * p * r / (p + r);
}

void add_scores(const AnnotatedText& gold, const AnnotatedText& predicted, Scores& scores) {
  TextScorer scorer(gold, predicted, scores);
  if (gold.organizations) {
    scores.has_organizations = true;
    scorer.score_names("organizations", *gold.organizations, predicted.organizations, scores.organizations,
                       &scores.organizations_overlap);
  }
  if (gold.persons) {
    scores.has_persons = true;
    scorer.score_names("persons", *gold.persons, predicted.persons, scores.persons, nullptr);
  }
  if (gold.quotes) scorer.score_quotes();
}

void finish_scores(Scores& scores) {
  const std::map<std::string, std::size_t> gold = {
      {"quotes", scores.overlap.gold}, {"organizations", scores.organizations.gold}, {"persons", scores.persons.gold}};
  for (auto& [layer, rules] : scores.by_rule)
    for (auto& [rule, score] : rules) score.tally.gold = gold.at(layer);
}

}  // namespace kutip::authoring
