#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_rules.h"

namespace kutip::tagging {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(const Tagged& tagged, Slice slice) {
  const auto views = Annotations::slice(tagged.annotations().texts, slice);
  return {views.begin(), views.end()};
}

TEST(Organizations, AShortFormStandsForItsDefinitionEverywhere) {
  const Tagged tagged("BKM sudah lama berdiri. Kini Bank Kredit Makmur (BKM) besar. Nasabah BKM senang.");
  EXPECT_THAT(tagged.organizations(), ElementsAre("Bank Kredit Makmur: BKM (acronym), Bank Kredit Makmur, BKM "
                                                  "(acronym), BKM (acronym)"));
  EXPECT_THAT(texts(tagged, tagged.annotations().organizations[0].acronyms), ElementsAre("BKM"));
}

TEST(Organizations, AShortFormThatDoesNotFitDefinesNothing) {
  const Tagged tagged("Bank Kredit Makmur (ASX) besar. Nasabah ASX senang.");
  EXPECT_THAT(tagged.organizations(), ElementsAre("Bank Kredit Makmur: Bank Kredit Makmur"));
}

TEST(Organizations, WithOneCanonicalNameAreOne) {
  const Tagged tagged("BAKRI membuka kantor. Kantor Badan Kredit Rakyat ramai.");
  EXPECT_THAT(tagged.organizations(), ElementsAre("Badan Kredit Rakyat: BAKRI, Badan Kredit Rakyat"));
  EXPECT_EQ(tagged.annotations().organizations[0].category, "government_agency");
  EXPECT_THAT(texts(tagged, tagged.annotations().organizations[0].external_ids), ElementsAre("wikidata:Q1"));
}

TEST(Organizations, AMentionInsideALongerOneIsNested) {
  const Tagged tagged("Mahasiswa Universitas Negeri Malang menang. Pemain Malang kalah.");
  EXPECT_THAT(tagged.organizations(), ElementsAre("Universitas Negeri Malang: Universitas Negeri Malang",
                                                  "Persatuan Malang: Malang (nested), Malang"));
}

TEST(MisspeltOrganizations, ASlipInCapitalsIsTaken) {
  const Tagged tagged("BAKRI membuka kantor. Nasabah BAKRI senang. Pegawai BARKI juga.");
  EXPECT_THAT(tagged.organizations(), ElementsAre("Badan Kredit Rakyat: BAKRI, BAKRI, BARKI (misspelt)"));
}

TEST(MisspeltOrganizations, WhatOccursTwiceIsNoSlip) {
  const Tagged tagged("BAKRI membuka kantor. Nasabah BAKRI senang. Pegawai BARKI juga. BARKI besar.");
  EXPECT_THAT(tagged.organizations(), ElementsAre("Badan Kredit Rakyat: BAKRI, BAKRI"));
}

TEST(MisspeltOrganizations, WhatIsBeingDefinedIsNoSlip) {
  const Tagged tagged("BAKRI membuka kantor. Nasabah BAKRI senang. Barisan Rakyat Kita (BARKI) juga.");
  EXPECT_THAT(tagged.organizations(), ElementsAre("Badan Kredit Rakyat: BAKRI, BAKRI"));
}

TEST(MisspeltOrganizations, TwoSlipsAreTooMany) {
  const Tagged tagged("BAKRI membuka kantor. Nasabah BAKRI senang. Pegawai BARIK juga.");
  EXPECT_THAT(tagged.organizations(), ElementsAre("Badan Kredit Rakyat: BAKRI, BAKRI"));
}

TEST(Labels, OfPluginsAreAnsweredUnlessInternal) {
  const Tagged tagged("Warga menonton Festival Kopi di Malang.");
  ASSERT_EQ(tagged.annotations().labels.size(), 1u);
  const Label& label = tagged.annotations().labels[0];
  EXPECT_EQ(label.type, "EVENT");
  EXPECT_EQ(label.value, "Festival");
  EXPECT_EQ(tagged.at(label.span), "Festival Kopi");
  EXPECT_FLOAT_EQ(label.confidence.value_or(0), 0.5f);
}

}  // namespace
}  // namespace kutip::tagging
