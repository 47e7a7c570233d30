#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_rules.h"

namespace kutip::tagging {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Speakers, NamesPronounsAndCliticsAreOneEntity) {
  const Tagged tagged(
      "Rini Wulandari mengatakan, harga turun.\n\n“Panen raya dekat,” kata Rini.\n\nIa menambahkan, gudang penuh.\n\n"
      "“Kami siap,” ujarnya.");
  EXPECT_THAT(tagged.speakers(),
              ElementsAre("Rini Wulandari: Rini Wulandari, Rini (short), Ia (pronoun), ujarnya (clitic)"));
  const auto& quotes = tagged.annotations().quotes;
  ASSERT_EQ(quotes.size(), 4u);
  EXPECT_EQ(quotes[0].speaker_form, MentionForm::kName);
  EXPECT_EQ(quotes[1].speaker_form, MentionForm::kShortName);
  EXPECT_EQ(quotes[2].speaker_form, MentionForm::kPronoun);
  EXPECT_EQ(quotes[3].speaker_form, MentionForm::kClitic);
  EXPECT_EQ(quotes[3].speaker_mention, quotes[3].cue);
  EXPECT_GT(quotes[0].attribution_confidence, quotes[2].attribution_confidence);
}

TEST(Speakers, APersonIntroducedSinceBeatsTheLastSpeaker) {
  const Tagged tagged("“Kami siap,” kata Rini.\n\nBudi Hartono datang terlambat. Ia mengatakan, jalan ke sana rusak.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: “Kami siap,”", "Budi Hartono: jalan ke sana rusak"));
}

TEST(Speakers, APersonWhoIsOnlyMentionedDoesNot) {
  const Tagged tagged(
      "Rini mengatakan, pasar dibuka besok.\n\nRini sempat bertemu Budi Hartono. Ia menambahkan, jalan rusak.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: pasar dibuka besok", "Rini: jalan rusak"));
}

TEST(Speakers, WhoIsNamedInsideAQuoteIsNoAntecedent) {
  const Tagged tagged("Rini mengatakan, Budi Hartono akan datang. Ia menambahkan, jalan rusak.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: Budi Hartono akan datang", "Rini: jalan rusak"));
  const Tagged marked("“Budi Hartono akan datang,” kata Rini.\n\n“Jalan rusak,” katanya.");
  EXPECT_THAT(marked.quotes(), ElementsAre("Rini: “Budi Hartono akan datang,”", "Rini: “Jalan rusak,”"));
}

TEST(Speakers, NobodyBeforeMeansNobody) {
  const Tagged tagged("“Jalan rusak,” katanya. Rini Wulandari datang.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("?: “Jalan rusak,”"));
  EXPECT_EQ(tagged.annotations().speakers.size(), 0u);
}

TEST(Speakers, ABareQuoteIsThePreviousSpeakers) {
  const Tagged tagged("“Jalan rusak,” kata Rini.\n\n“Kami menunggu perbaikan sejak lama.”");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: “Jalan rusak,”", "Rini: “Kami menunggu perbaikan sejak lama.”"));
  EXPECT_TRUE(tagged.annotations().quotes[1].speaker_mention.empty());
}

TEST(Speakers, ABareQuoteInFrontIsTheNextOnes) {
  const Tagged tagged("“Kami menunggu perbaikan sejak lama.”\n\nRini Wulandari berdiri di tepi jalan.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini Wulandari: “Kami menunggu perbaikan sejak lama.”"));
}

TEST(Speakers, ARoleIsTracedToItsHolder) {
  const Tagged tagged(
      "Direktur Rini Wulandari hadir bersama Gubernur Budi Hartono. “Kami siap,” kata sang gubernur. “Baik,” kata "
      "Direktur.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Budi Hartono: “Kami siap,”", "Rini Wulandari: “Baik,”"));
  EXPECT_EQ(tagged.annotations().quotes[0].speaker_form, MentionForm::kRole);
}

TEST(Speakers, ARoleMayBeExplainedAfterwards) {
  const Tagged tagged("“Kami siap,” kata gubernur. Gubernur Budi Hartono lalu pulang.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Budi Hartono: “Kami siap,”"));
}

TEST(Speakers, ARoleThatNobodyHoldsIsASpeakerOfItsOwn) {
  const Tagged tagged("“Kami siap,” kata juru bicara. “Besok kami datang,” ujar juru  bicara.");
  EXPECT_THAT(tagged.speakers(), ElementsAre("juru bicara: juru bicara (role), juru  bicara (role)"));
  EXPECT_EQ(tagged.annotations().speakers[0].kind, SpeakerKind::kUnnamed);
}

TEST(Speakers, ADescriptionIsASpeakerWithoutName) {
  const Tagged tagged("“Airnya naik cepat,” kata seorang penjual sayur.");
  EXPECT_THAT(tagged.speakers(), ElementsAre("seorang penjual sayur: seorang penjual sayur (description)"));
  EXPECT_EQ(tagged.annotations().speakers[0].kind, SpeakerKind::kUnnamed);
}

TEST(Speakers, OrganizationsSpeak) {
  const Tagged tagged("Bank Mandala menyatakan, bunga turun. Ia menambahkan, kredit naik.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Bank Mandala: bunga turun", "Bank Mandala: kredit naik"));
  EXPECT_EQ(tagged.annotations().speakers[0].kind, SpeakerKind::kOrganization);
  EXPECT_EQ(tagged.annotations().speakers[0].organization, 0u);
}

TEST(Speakers, APronounPrefersAPersonToAnOrganization) {
  const Tagged tagged(
      "Rini mengatakan, pasar dibuka.\n\nBank Mandala menyatakan, bunga turun.\n\nIa menambahkan, jalan rusak.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: pasar dibuka", "Bank Mandala: bunga turun", "Rini: jalan rusak"));
}

TEST(Speakers, AGroupPronounMeansAGroup) {
  const Tagged tagged(
      "Para pedagang menyatakan, pasar sepi. Rini mengatakan, pasar ramai. Mereka menambahkan, sewa naik.");
  EXPECT_THAT(tagged.quotes(),
              ElementsAre("Para pedagang: pasar sepi", "Rini: pasar ramai", "Para pedagang: sewa naik"));
  EXPECT_EQ(tagged.annotations().speakers[0].kind, SpeakerKind::kGroup);
}

TEST(Speakers, AGroupPronounThatMeansNobodyIsKnownByItself) {
  const Tagged tagged("Mereka mengatakan, sewa naik.");
  EXPECT_THAT(tagged.speakers(), ElementsAre("Mereka: Mereka (pronoun)"));
}

TEST(Speakers, ADescriptionOfACertainPersonPointsBack) {
  const Tagged tagged("Rini Wulandari mengatakan, pasar dibuka. Perempuan itu menambahkan, jalan rusak.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini Wulandari: pasar dibuka", "Rini Wulandari: jalan rusak"));
  EXPECT_EQ(tagged.annotations().quotes[1].speaker_form, MentionForm::kDescription);
  const Tagged alone("Perempuan itu mengatakan, jalan rusak.");
  EXPECT_THAT(alone.quotes(), ElementsAre("Perempuan itu: jalan rusak"));
}

TEST(Speakers, WhoActsWithoutBeingQuotedCountsAsWhoSpokeLast) {
  const Tagged tagged(
      "Rini mengatakan, pasar dibuka.\n\nDi sana Budi meminta warga pulang.\n\n“Jalan rusak,” katanya.");
  EXPECT_THAT(tagged.quotes(), ElementsAre("Rini: pasar dibuka", "Budi: “Jalan rusak,”"));
}

TEST(Speakers, ComeByFirstMention) {
  const Tagged tagged("Rini dan Budi datang. “Kami siap,” kata Budi. “Baik,” kata Rini.");
  EXPECT_THAT(tagged.speakers(), ElementsAre(HasSubstr("Rini: "), HasSubstr("Budi: ")));
  EXPECT_EQ(tagged.annotations().quotes[0].speaker, 1u);
}

TEST(Roles, BelongToPersonsAndMayNameAnOrganization) {
  const Tagged tagged("Direktur Bank Mandala Rini Wulandari hadir. Wakil Direktur Rini Wulandari pulang. Budi tidak.");
  EXPECT_THAT(tagged.roles_of("Rini Wulandari"), ElementsAre("Direktur / Bank Mandala", "Wakil Direktur"));
  EXPECT_THAT(tagged.roles_of("Budi"), ElementsAre());
}

}  // namespace
}  // namespace kutip::tagging
