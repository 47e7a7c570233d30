#include <gtest/gtest.h>

#include "analyzed.h"

namespace kutip::text {
namespace {

TEST(Paragraphs, AreSeparatedByBlankLines) {
  for (const std::string blank : {"\n\n", "\r\n\r\n", "\r\r", "\n \t \n", "\n\u00A0\n", "\n\n\n\n", "\u2029",
                                  "\u2028\u2028", "\u0085\u0085", " \n\u3000\r\n"}) {
    EXPECT_EQ(Analyzed("satu dua" + blank + "tiga").paragraphs(), (Strings{"satu dua", "tiga"})) << blank.size();
  }
}

TEST(Paragraphs, OfATextWithAParagraphALine) {
  const std::string long_line =
      "Wali kota meresmikan taman baru di tepi sungai yang selama ini menjadi tempat pembuangan sampah warga dari tiga "
      "kelurahan di sekitarnya.";
  EXPECT_EQ(
      Analyzed("Taman Baru di Tepi Sungai\nBANDUNG - " + long_line + "\n" + long_line + "\nKata dia\n").paragraphs(),
      (Strings{"Taman Baru di Tepi Sungai", "BANDUNG - " + long_line, long_line, "Kata dia"}));
  EXPECT_EQ(Analyzed("Satu.\r\nDua.\r\nTiga.").paragraphs(), (Strings{"Satu.", "Dua.", "Tiga."}));
}

TEST(Paragraphs, GoOnInLowerCaseBehindAnUnfinishedLine) {
  EXPECT_EQ(Analyzed("Harga beras\nnaik lagi.").paragraphs(), Strings{"Harga beras\nnaik lagi."});
  EXPECT_EQ(Analyzed("Harga beras\r\nnaik lagi.").paragraphs(), Strings{"Harga beras\r\nnaik lagi."});
  EXPECT_EQ(Analyzed("Harga naik.\nwarga mengeluh.").paragraphs(), (Strings{"Harga naik.", "warga mengeluh."}));
  EXPECT_EQ(Analyzed("“Harga naik.”\nwarga").paragraphs(), (Strings{"“Harga naik.”", "warga"}));
}

TEST(Paragraphs, OfLinesFilledToAWidthGoOnWhateverStartsTheNextLine) {
  const std::string filled =
      "Menteri Perdagangan mengatakan harga beras\n"
      "turun sejak pekan lalu. Menurut keterangan\n"
      "Badan Pangan Nasional, stok di gudang dan\n"
      "pasar cukup sampai akhir tahun.";
  EXPECT_EQ(Analyzed(filled).paragraphs(), Strings{filled});
  EXPECT_EQ(Analyzed(filled + "\n\n" + filled).paragraphs(), (Strings{filled, filled}));
}

TEST(Paragraphs, OfAListAreItsLines) {
  EXPECT_EQ(Analyzed("Baca juga:\nHarga Beras Naik di Tiga Kota\nTaman Baru\nJalan Rusak").paragraphs(),
            (Strings{"Baca juga:", "Harga Beras Naik di Tiga Kota", "Taman Baru", "Jalan Rusak"}));
}

TEST(Paragraphs, NoneInATextWithoutTokens) {
  for (const std::string text : {"", " ", "\n\n", "\u00A0\r\n\u3000", "\uFEFF"}) {
    const Analyzed analyzed(text);
    EXPECT_TRUE(analyzed.document().tokens().empty());
    EXPECT_TRUE(analyzed.document().sentences().empty());
    EXPECT_TRUE(analyzed.document().paragraphs().empty());
    EXPECT_TRUE(analyzed.document().quoted().empty());
  }
}

}  // namespace
}  // namespace kutip::text
