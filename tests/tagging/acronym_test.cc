#include "tagging/acronym.h"

#include <gtest/gtest.h>

#include <string_view>

namespace kutip::tagging {
namespace {

struct Case {
  std::string_view short_form, long_form;
  bool holds;
};

TEST(Acronym, LettersStandInOrderFromTheFirstOn) {
  const Case cases[] = {
      {"PBB", "Perserikatan Bangsa-Bangsa", true},
      {"BMKG", "Badan Meteorologi, Klimatologi, dan Geofisika", true},
      {"Kemlu", "Kementerian Luar Negeri", true},
      {"SIS", "Suara Insan Samudra", true},
      {"ÖBB", "Österreichische Bundesbahnen", true},
      {"G20", "Group of 20", true},
      {"RI", "Riau", true},
      {"KPK", "Badan Kepegawaian Kota", false},  // does not start alike
      {"AS", "Bank Dunia", false},
      {"PBB", "Perserikatan Bangsa", false},  // a letter is missing
      {"BPP", "Perserikatan Bangsa Papua", false},
      {"", "Bank Dunia", false},
      {"BD", "", false},
      {"--", "Bank Dunia", false},
  };
  for (const Case& c : cases)
    EXPECT_EQ(is_acronym_of(c.short_form, c.long_form), c.holds) << c.short_form << " ~ " << c.long_form;
}

}  // namespace
}  // namespace kutip::tagging
