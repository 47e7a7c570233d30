#include "matching/condition.h"

#include <gtest/gtest.h>

#include <functional>

#include "scene.h"

namespace kutip::matching {
namespace {

struct ConditionCase {
  const char* name;
  std::function<void(Condition&)> given;
  const char* flags;  // one for each token of the text: does the condition hold?
};

// Lexicons 0: budi, 1: bank indonesia; annotations 0 over tokens 1 and 2, 3 over token 2.
//                          0    1   2     3         4      5     6 7
constexpr char kText[] = "“Budi  ke BANK  Indonesia  Élan  482,5 . €";
//                       0 1     2  3     4          5     6     7 8

TEST(CompiledCondition, HoldsTokenByToken) {
  const ConditionCase cases[] = {
      {"nothing given", [](Condition&) {}, "111111111"},
      {"text",
       [](Condition& c) {
         c.text = {"Budi", "bank"};
       },
       "010000000"},
      {"not_text",
       [](Condition& c) {
         c.not_text = {"Budi", "bank"};
       },
       "101111111"},
      {"lower",
       [](Condition& c) {
         c.lower = {3, 1};
       },
       "010100000"},
      {"not_lower",
       [](Condition& c) {
         c.not_lower = {3, 1};
       },
       "101011111"},
      {"prefix, whatever the case",
       [](Condition& c) {
         c.prefix = {"bu", "ba"};
       },
       "010100000"},
      {"prefix as long as the word", [](Condition& c) { c.prefix = {"bank"}; }, "000100000"},
      {"prefix longer than the word", [](Condition& c) { c.prefix = {"bankir"}; }, "000000000"},
      {"not_prefix",
       [](Condition& c) {
         c.not_prefix = {"bu", "ba"};
       },
       "101011111"},
      {"prefix outside ASCII", [](Condition& c) { c.prefix = {"él"}; }, "000001000"},
      {"suffix",
       [](Condition& c) {
         c.suffix = {"sia", "k"};
       },
       "000110000"},
      {"suffix of a word with a letter outside ASCII", [](Condition& c) { c.suffix = {"lan"}; }, "000001000"},
      {"not_suffix",
       [](Condition& c) {
         c.not_suffix = {"sia", "k"};
       },
       "111001111"},
      {"shape", [](Condition& c) { c.shape = text::kUpper | text::kNumber; }, "000100100"},
      {"capital", [](Condition& c) { c.shape = text::kCapital; }, "010111000"},
      {"not_shape", [](Condition& c) { c.not_shape = text::kCapital | text::kPunct; }, "001000101"},
      {"len from", [](Condition& c) { c.min_length = 4; }, "010111100"},
      {"len up to, in code points", [](Condition& c) { c.max_length = 1; }, "100000011"},
      {"lex",
       [](Condition& c) {
         c.lex = {0, 1};
       },
       "010110000"},
      {"not_lex", [](Condition& c) { c.not_lex = {1}; }, "111001111"},
      {"anno", [](Condition& c) { c.anno = type_bit(0); }, "011000000"},
      {"anno of either type", [](Condition& c) { c.anno = type_bit(0) | type_bit(3); }, "011100000"},
      {"not_anno", [](Condition& c) { c.not_anno = type_bit(3); }, "111011111"},
      {"sentence_initial", [](Condition& c) { c.sentence_initial = true; }, "010000000"},
      {"not sentence_initial", [](Condition& c) { c.sentence_initial = false; }, "101111111"},
      {"all must hold",
       [](Condition& c) {
         c.shape = text::kCapital;
         c.not_lex = {0};
         c.suffix = {"a", "k"};
         c.min_length = 5;
       },
       "000010000"},
  };
  for (const ConditionCase& test : cases) {
    Scene scene;
    ASSERT_EQ((std::vector<text::WordId>{1, 2, 3}), scene.lower({"budi", "ke", "bank"}).lower);
    scene.lexicon({"budi"});
    scene.lexicon({"bank indonesia"});
    scene.read(kText);
    scene.annotate(0, {1, 3});
    scene.annotate(3, {3, 4});
    Condition condition;
    test.given(condition);
    for (const bool crowded : {false, true}) {
      scene.share_classes(std::make_shared<TokenClasses>());
      if (crowded) take_all_room(scene.classes());
      std::string flags;
      const CompiledCondition compiled(condition, scene.classes());
      for (std::uint32_t i = 0; i < scene.all().end; ++i) flags += compiled.holds(i, scene.input()) ? '1' : '0';
      EXPECT_EQ(test.flags, flags) << test.name << (crowded ? " without room for classes" : "");
    }
  }
}

}  // namespace
}  // namespace kutip::matching
