#include "text/normal_form.h"

#include <gtest/gtest.h>

namespace kutip::text {
namespace {

struct NormalFormCase {
  const char* word;
  const char* form;
};

TEST(NormalForm, IsNfcFoldedWithOneApostrophe) {
  const NormalFormCase cases[] = {
      {"", ""},
      {"kata", "kata"},
      {"KATA", "kata"},
      {"[\\]^_`@Z", "[\\]^_`@z"},
      {"Café", "café"},
      {"Cafe\u0301", "café"},
      {"CAFÉ", "café"},
      {"CAFE\u0301", "café"},
      {"Straße", "strasse"},
      {"STRASSE", "strasse"},
      {"İstanbul", "i\u0307stanbul"},
      {"Σίσυφος", "σίσυφοσ"},
      {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
      {"ﬁnal", "final"},
      {"Ma’ruf", "ma'ruf"},
      {"Ma\u02BCruf", "ma'ruf"},
      {"Ka‘bah", "ka'bah"},
      {"ŉ", "'n"},
      {"ke\u20102", "ke-2"},
      {"ke\u20112", "ke-2"},
      {"peme\u00ADrintah", "pemerintah"},
      {"Å", "å"},
      {"\u212B", "å"},
      {"你好", "你好"},
      {"한", "한"},
      {"\u1112\u1161\u11AB", "한"},
      {"q\u0323\u0307", "q\u0323\u0307"},
      {"Q\u0307\u0323", "q\u0323\u0307"},
      {"”", "”"},
      {"🙂", "🙂"},
  };
  for (const NormalFormCase& c : cases) {
    EXPECT_EQ(normal_form(c.word), c.form) << c.word;
    EXPECT_EQ(normal_form(c.form), c.form) << "twice: " << c.word;
  }
}

TEST(NormalForm, AppendsBehindWhatIsThere) {
  std::string out = "x";
  append_normal_form("YÉ", out);
  append_normal_form("Z", out);
  EXPECT_EQ(out, "xyéz");
}

}  // namespace
}  // namespace kutip::text
