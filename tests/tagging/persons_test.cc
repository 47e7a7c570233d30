#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_rules.h"

namespace kutip::tagging {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Persons, AreCalledByTheirFullestName) {
  const Tagged tagged("Rini datang. Lalu Rini  Sekar\u00A0Wulandari pulang. Rini Wulandari berbicara.");
  EXPECT_THAT(tagged.persons(),
              ElementsAre("Rini Sekar Wulandari: Rini (short), Rini  Sekar\u00A0Wulandari, Rini Wulandari (short)"));
}

TEST(Persons, AnInitialStandsForAWord) {
  const Tagged tagged("Citra Dewi Lestari datang. C. D. Lestari berbicara. B. Lestari pulang.");
  EXPECT_THAT(tagged.persons(),
              ElementsAre("Citra Dewi Lestari: Citra Dewi Lestari, C. D. Lestari (short)", "B. Lestari: B. Lestari"));
}

TEST(Persons, AreNotCalledInCapitalsIfTheyNeedNot) {
  const Tagged tagged("C. LESTARI. C. Lestari datang. Citra Lestari pulang.");
  EXPECT_EQ(tagged.annotations().persons[0].name, "Citra Lestari");
}

TEST(Persons, AShortNameGoesToTheLastOneItFits) {
  const Tagged tagged(
      "Budi Santoso datang. Santoso berbicara. Agus Santoso menyusul. Santoso pulang. Budi Santoso tinggal. Santoso "
      "tidur.");
  EXPECT_THAT(tagged.persons(),
              ElementsAre("Budi Santoso: Budi Santoso, Santoso (short), Budi Santoso, Santoso (short)",
                          "Agus Santoso: Agus Santoso, Santoso (short)"));
}

TEST(Persons, AShortNameInFrontGoesToTheFirstOneItFits) {
  const Tagged tagged("Lalu Santoso berbicara. Agus Santoso datang. Budi Santoso pulang.");
  EXPECT_THAT(tagged.persons(),
              ElementsAre("Agus Santoso: Santoso (short), Agus Santoso", "Budi Santoso: Budi Santoso"));
}

TEST(PersonAliases, PartsOfANameAreFoundBeforeAndBehindIt) {
  const Tagged tagged("Lalu Wulandari pulang. Di sana Rini Sekar Wulandari berbicara dengan Sekar Wulandari.");
  EXPECT_THAT(tagged.persons(),
              ElementsAre("Rini Sekar Wulandari: Wulandari (short), Rini Sekar Wulandari, Sekar Wulandari (short)"));
}

TEST(PersonAliases, AreNotCutOutOfLongerNames) {
  const Tagged tagged("Rini Wulandari datang. Ia bertemu Wulandari Kusuma di Taman Wulandari.");
  EXPECT_THAT(tagged.persons(), ElementsAre("Rini Wulandari: Rini Wulandari"));
}

TEST(PersonAliases, AreNotFoundWhereTheirExceptionHolds) {
  const auto rules = load_rules({{"x/plugin.yaml", R"(schema: kutip.plugin/v1
plugin: x
version: 0.1.0
engine: ">=0.1 <1"
language: id
title: Small
maintainers: [kutip]
license: Apache-2.0
needs: {}
phases: [context, persons]
files: [persons.yaml]
labels: {WORK: {internal: true}}
)"},
                                 {"x/persons.yaml", R"(schema: kutip.rules/v1
plugin: x
rules:
  - id: work
    phase: context
    pattern: [{tok: {lower: film}}, {anno: QUOTED, as: title}]
    emit: [{type: WORK, span: $title}]
  - id: person
    phase: persons
    pattern: [{tok: {lower: dokter}}, {tok: {shape: title}, min: 1, max: 3, as: name}]
    emit: [{type: PERSON, span: $name}]
    alias:
      of: $name
      parts: true
      unless:
        - any:
            - [{tok: {anno: WORK}}]
            - [{tok: {lower: salah, sentence_initial: true}}]
)"}});
  ASSERT_NE(rules, nullptr);
  const Tagged tagged(*rules, "Itu dokter Rini Salah. Film “Rini” diputar. Salah satu kursi rusak. Lalu Salah datang.");
  EXPECT_THAT(tagged.persons(), ElementsAre("Rini Salah: Rini Salah, Salah (short)"));
}

TEST(PersonAliases, AreNotFoundInsideOrganizations) {
  const Tagged tagged("Rini Wulandari datang ke Bank Wulandari.");
  EXPECT_THAT(tagged.persons(), ElementsAre("Rini Wulandari: Rini Wulandari"));
  EXPECT_THAT(tagged.organizations(), ElementsAre("Bank Wulandari: Bank Wulandari"));
}

TEST(PersonAliases, MustBeCapitalised) {
  const Tagged tagged("Agus Padi datang. Lalu padi itu dipanen. PADI diam. Padi pulang.");
  EXPECT_THAT(tagged.persons(), ElementsAre("Agus Padi: Agus Padi, Padi (short)"));
}

TEST(Persons, NoneIsNone) {
  EXPECT_THAT(Tagged("Harga beras naik lagi.").persons(), IsEmpty());
}

}  // namespace
}  // namespace kutip::tagging
