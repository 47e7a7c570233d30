#include "tagging/nickname.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kutip::tagging {
namespace {

TEST(Nickname, IsToldFromTheWordsOfAName) {
  struct Case {
    std::string name;
    std::vector<std::string> words;
    Nickname kind;
  };
  const Case cases[] = {
      {"wulan", {"rini", "wulandari"}, Nickname::kBeginning},
      {"wul", {"rini", "wulandari"}, Nickname::kUnrelated},  // too short to tell
      {"wulandari", {"rini", "wulandari"}, Nickname::kUnrelated},
      {"bustan", {"budi", "santoso"}, Nickname::kUnrelated},
      {"budisan", {"budi", "santoso"}, Nickname::kBlend},
      {"budsan", {"budi", "santoso"}, Nickname::kBlend},
      {"busan", {"budi", "santoso"}, Nickname::kUnrelated},  // two letters of the first word tell too little
      {"wulandary", {"rini", "wulandari"}, Nickname::kSlip},
      {"rina", {"rini", "wulandari"}, Nickname::kUnrelated},  // short names differ by one letter too often
      {"wulandary", {"wulandari"}, Nickname::kUnrelated},     // two single names are two people
      {"", {"rini"}, Nickname::kUnrelated},
      {"rini", {}, Nickname::kUnrelated},
  };
  for (const Case& c : cases) EXPECT_EQ(nickname_of(c.name, c.words), c.kind) << c.name;
}

}  // namespace
}  // namespace kutip::tagging
