#include "authoring/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kutip::authoring {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

// 0         1         2         3
// 0123456789012345678901234567890123456789
constexpr const char* kText = "“Harga naik,” kata Ayu. Ia pergi. “Ya.”";

MarkedQuote quote(Extent fragment, std::vector<Extent> speaker = {}, std::string rule = "") {
  MarkedQuote out;
  out.kind = "direct";
  out.fragments = {fragment};
  out.speaker = std::move(speaker);
  out.rule = std::move(rule);
  return out;
}

AnnotatedText text_with(std::vector<MarkedQuote> quotes) {
  AnnotatedText out;
  out.id = "t";
  out.text = kText;
  out.quotes = std::move(quotes);
  return out;
}

Scores score(const AnnotatedText& gold, const AnnotatedText& predicted) {
  Scores scores;
  add_scores(gold, predicted, scores);
  finish_scores(scores);
  return scores;
}

TEST(Score, QuotesPairAtHalfOfTheirCodePoints) {
  const Scores half = score(text_with({quote({0, 12})}), text_with({quote({0, 6}, {}, "p/r")}));
  EXPECT_EQ(half.overlap.right_found, 1u);
  EXPECT_EQ(half.fragment_exact.right_found, 0u);
  const Scores less = score(text_with({quote({0, 13})}), text_with({quote({0, 6}, {}, "p/r")}));
  EXPECT_EQ(less.overlap.right_found, 0u);
}

TEST(Score, EndsAreTrimmedOfSpacesAndPunctuation) {
  const Scores scores = score(text_with({quote({1, 11})}), text_with({quote({1, 12})}));
  EXPECT_EQ(scores.fragment_exact.right_found, 1u);
  EXPECT_EQ(scores.characters.gold, 10u);
  EXPECT_EQ(scores.characters.found, 11u);
}

TEST(Score, OneQuoteIsPairedOnceAndTheClosestFirst) {
  const Scores scores =
      score(text_with({quote({0, 13})}), text_with({quote({0, 10}, {}, "p/a"), quote({0, 13}, {}, "p/b")}));
  EXPECT_EQ(scores.overlap.right_found, 1u);
  EXPECT_EQ(scores.overlap.found, 2u);
  EXPECT_EQ(scores.by_rule.at("quotes").at("p/a").tally.right_found, 0u);
  EXPECT_EQ(scores.by_rule.at("quotes").at("p/b").tally.right_found, 1u);
}

TEST(Score, ASpeakerIsRightWhereItOverlaps) {
  const Scores scores = score(text_with({quote({0, 13}, {{19, 22}}), quote({34, 39})}),
                              text_with({quote({0, 13}, {{24, 26}}, "p/r"), quote({34, 39}, {}, "p/r")}));
  EXPECT_EQ(scores.overlap.right_found, 2u);
  EXPECT_EQ(scores.with_right_speaker.right_found, 1u);
  EXPECT_EQ(scores.speaker_overlap.of, 1u);
  EXPECT_EQ(scores.by_rule.at("quotes").at("p/r").wrong_speaker, 1u);
  ASSERT_EQ(scores.errors.size(), 1u);
  EXPECT_EQ(scores.errors[0].detail, "wanted Ayu, found Ia");
}

TEST(Score, FiguresOfARuleAreByTheGoldOfItsLayer) {
  const Scores scores = score(text_with({quote({0, 13}), quote({34, 39})}),
                              text_with({quote({0, 13}, {}, "p/a"), quote({24, 33}, {}, "p/b")}));
  const Tally& a = scores.by_rule.at("quotes").at("p/a").tally;
  EXPECT_THAT(a.precision(), DoubleNear(100, 1e-9));
  EXPECT_THAT(a.recall(), DoubleNear(50, 1e-9));
  EXPECT_THAT(a.f1(), DoubleNear(66.6667, 1e-3));
  EXPECT_THAT(scores.by_rule.at("quotes").at("p/b").tally.precision(), DoubleNear(0, 1e-9));
  EXPECT_EQ(scores.errors.size(), 2u);  // one missed, one spurious
}

TEST(Score, PredictionsOverWhatIsNotScoredCountNeitherWay) {
  AnnotatedText gold = text_with({quote({0, 13}), quote({34, 39})});
  (*gold.quotes)[1].reporting = false;
  const Scores scores = score(gold, text_with({quote({0, 13}), quote({34, 39})}));
  EXPECT_EQ(scores.overlap.gold, 1u);
  EXPECT_EQ(scores.overlap.found, 1u);
}

TEST(Score, NamesAreSetsOfExactSpans) {
  AnnotatedText gold, predicted;
  gold.text = predicted.text = kText;
  gold.organizations = {{{19, 22}, ""}, {{24, 26}, ""}};
  predicted.organizations = {{{19, 22}, "p/o"}, {{19, 22}, "p/x"}, {{24, 32}, "p/o"}};
  const Scores scores = score(gold, predicted);
  EXPECT_EQ(scores.organizations.found, 2u);
  EXPECT_EQ(scores.organizations.right_found, 1u);
  EXPECT_EQ(scores.organizations_overlap.right_gold, 2u);
  EXPECT_FALSE(scores.has_quotes);
}

TEST(Score, ContinuationsCountCodePointsWhereTheGoldHasAWordOnThem) {
  AnnotatedText gold = text_with({quote({0, 13})}), predicted = text_with({quote({0, 13})});
  (*predicted.quotes)[0].continuation = Extent{24, 33};
  EXPECT_EQ(score(gold, predicted).continuation.found, 0u);
  (*gold.quotes)[0].says_continuation = true;
  EXPECT_EQ(score(gold, predicted).continuation.found, 9u);
}

}  // namespace
}  // namespace kutip::authoring
