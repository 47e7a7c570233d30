#include "authoring/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "authoring/predict.h"
#include "small_plugin.h"

namespace kutip::authoring {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kText = "“Siap,” kata Rini. “Ya,” ujar Budi.";

AnnotatedText annotated(const std::vector<loading::SourceFile>& files) {
  const auto rules = load_good(files);
  tagging::Workspace workspace;
  return predict(*rules, rules->grammars().at(0), kText, workspace);
}

TEST(Predict, CountsCodePointsAndNamesRules) {
  const AnnotatedText text = annotated(small_plugin());
  ASSERT_THAT(*text.quotes, SizeIs(2));
  const MarkedQuote& quote = (*text.quotes)[0];
  EXPECT_EQ(quote.fragments.at(0), (Extent{0, 7}));
  EXPECT_EQ(quote.speaker.at(0), (Extent{13, 17}));
  EXPECT_EQ(quote.speaker_name, "Rini");
  EXPECT_EQ(quote.rule, "p/quote");
  EXPECT_EQ(quote.kind, "direct");
}

TEST(Compare, OfEqualAnnotationsIsEmpty) {
  EXPECT_THAT(compare(annotated(small_plugin()), annotated(small_plugin())), IsEmpty());
}

TEST(Compare, TellsWhatIsGoneAddedAndChanged) {
  AnnotatedText before = annotated(small_plugin()), after = before;
  after.quotes->pop_back();
  after.quotes->front().speaker_name = "Rina";
  after.organizations->push_back({{13, 17}, "p/org"});
  const auto differences = compare(before, after);
  ASSERT_THAT(differences, SizeIs(3));
  EXPECT_EQ(differences[0].kind, Difference::Kind::kChanged);
  EXPECT_EQ(differences[0].detail, "speaker: Rini -> Rina");
  EXPECT_EQ(differences[1].kind, Difference::Kind::kAdded);
  EXPECT_EQ(differences[1].words, "Rini");
  EXPECT_EQ(differences[2].kind, Difference::Kind::kRemoved);
  EXPECT_EQ(differences[2].rule, "p/quote");
}

}  // namespace
}  // namespace kutip::authoring
