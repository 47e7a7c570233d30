#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_rules.h"

namespace kutip::tagging {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Quotes, MarksBelongToTheSpanAndNotToTheContent) {
  const Tagged tagged("“Harga beras turun,” kata Rini Wulandari.");
  ASSERT_THAT(tagged.quotes(), ElementsAre("Rini Wulandari: “Harga beras turun,”"));
  const Annotations& out = tagged.annotations();
  EXPECT_EQ(tagged.at(out.fragments[0].content), "Harga beras turun,");
  EXPECT_EQ(tagged.at(out.quotes[0].cue), "kata");
  EXPECT_EQ(out.quotes[0].cue_lemma, "kata");
  EXPECT_EQ(out.quotes[0].form, QuoteForm::kDirect);
}

TEST(Quotes, IndirectOnesLoseOuterPunctuation) {
  const Tagged tagged("Rini Wulandari mengatakan, harga beras turun.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini Wulandari: harga beras turun"));
  EXPECT_EQ(tagged.annotations().quotes[0].form, QuoteForm::kIndirect);
  EXPECT_FLOAT_EQ(tagged.annotations().quotes[0].confidence.value_or(0), 0.75f);
}

TEST(Quotes, FormIsTheShareOfLettersInMarks) {
  const Tagged mixed("Rini mengatakan, pasar itu “terlalu sempit dan gelap” untuk pedagang.");
  ASSERT_EQ(mixed.annotations().quotes.size(), 1u);
  EXPECT_EQ(mixed.annotations().quotes[0].form, QuoteForm::kMixed);
  const Tagged direct("Rini mengatakan, “pasar itu terlalu sempit dan terlalu gelap”.");
  ASSERT_EQ(direct.annotations().quotes.size(), 1u);
  EXPECT_EQ(direct.annotations().quotes[0].form, QuoteForm::kDirect);
}

TEST(Quotes, ACueInTheMiddleMakesTwoFragments) {
  const Tagged tagged("“Kalau hujan turun lagi,” kata Rini, “sawah kami habis.”");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: “Kalau hujan turun lagi,” | “sawah kami habis.”"));
}

TEST(Quotes, OneOverSeveralParagraphsHasAFragmentInEach) {
  const Tagged tagged("“Panen tahun ini baik sekali.\n\n“Tahun depan lebih baik lagi,” kata Rini.");
  ASSERT_THAT(tagged.quotes(), ElementsAre("Rini: “Panen tahun ini baik sekali. | “Tahun depan lebih baik lagi,”"));
  const auto& fragments = tagged.annotations().fragments;
  EXPECT_EQ(tagged.at(fragments[0].content), "Panen tahun ini baik sekali.");
  EXPECT_EQ(tagged.at(fragments[1].content), "Tahun depan lebih baik lagi,");
}

TEST(Quotes, OneInsideAnotherHasAParent) {
  const Tagged tagged("Rini mengatakan, “Budi mengatakan jalan itu aman sekali bagi warga”.");
  ASSERT_THAT(tagged.quotes(), ElementsAre("Rini: “Budi mengatakan jalan itu aman sekali bagi warga”",
                                           "Budi: jalan itu aman sekali bagi warga"));
  EXPECT_EQ(tagged.annotations().quotes[0].parent, kNone);
  EXPECT_EQ(tagged.annotations().quotes[1].parent, 0u);
}

TEST(Continuation, TakesTheUncuedSentencesOfTheParagraph) {
  const Tagged tagged(
      "Rini mengatakan, harga beras turun. Panen raya sudah dekat. Gudang penuh.\n\nPasar tetap ramai.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: harga beras turun + Panen raya sudah dekat. Gudang penuh"));
}

TEST(Continuation, EndsAtTheNextQuote) {
  const Tagged tagged(
      "Rini mengatakan, harga beras turun. Panen raya sudah dekat. “Gudang kami penuh,” kata Budi. Pasar ramai.");
  EXPECT_THAT(tagged.quotes(),
              ElementsAre("Rini: harga beras turun + Panen raya sudah dekat", "Budi: “Gudang kami penuh,”"));
}

TEST(Continuation, EndsAtAStop) {
  const Tagged tagged("Rini mengatakan, harga beras turun. Sebelumnya harga naik. Gudang penuh.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: harga beras turun"));
}

TEST(Continuation, PassesOverMarksThatAreNoQuote) {
  const Tagged tagged("Rini mengatakan, harga beras turun. Program “Beras Murah” diperluas. Gudang penuh.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: harga beras turun + Program “Beras Murah” diperluas. Gudang penuh"));
}

TEST(Quotes, MarksAloneAreNoQuote) {
  const Tagged tagged("Rini menonton “Laskar Senja” di Malang.");
  EXPECT_THAT(tagged.quotes(), IsEmpty());
}

}  // namespace
}  // namespace kutip::tagging
