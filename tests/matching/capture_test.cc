#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scene.h"
#include "steps.h"

// What captures take, left and right of the anchor `x`.
namespace kutip::matching {
namespace {

using testing::ElementsAre;

struct CaptureTest : testing::Test {
  Scene scene;
  // Words are known before a text is read.
  const Condition known = scene.lower({"a", "b", "c", "d", "x", "z", ".", "—", "bank", "desa", "maju", "kata"});
  Step x = anchored(tok(scene.lower({"x"})));

  Step word(const std::string& w) { return tok(scene.lower({w})); }
  // What each capture took in the only match of a text: "a b|-|c".
  std::string captures(const std::string& text, const Steps& steps) {
    if (!text.empty()) scene.read(text);
    const std::vector<Match> found = scene.matches(steps);
    if (found.size() != 1) return std::to_string(found.size()) + " matches";
    std::string all;
    for (const Capture& capture : found[0].captures) {
      if (&capture != &found[0].captures[0]) all += '|';
      all += capture.taken ? scene.words(capture.range) : "-";
    }
    return all;
  }
};

TEST_F(CaptureTest, OnBothSidesAndOnTheAnchor) {
  EXPECT_EQ("a|x|b", captures("a x b", {as(word("a"), 0), as(x, 1), as(word("b"), 2)}));
}

TEST_F(CaptureTest, SpanAllRepeats) {
  const Step a = word("a");
  EXPECT_EQ("a a a", captures("x a a a b", {x, as(repeat(a, 1, 9), 0)}));
  EXPECT_EQ("a a", captures("b a a x", {as(repeat(a, 1, 9), 0), x}));
  EXPECT_EQ("a b a b", captures("x a b a b a", {x, as(repeat(seq({a, word("b")}), 1, 9), 0)}));
  EXPECT_EQ("x a a", captures("x a a", {as(repeat(seq({x, repeat(a, 0, 2)}), 1, 1), 0)}));
}

TEST_F(CaptureTest, SpanAllRepeatsOfTheAnchor) {
  scene.read("b x x x c");
  EXPECT_THAT(scene.captured({as(repeat(x, 1, 9), 0)}), ElementsAre("x x x", "x x", "x"));
  scene.read("a x a x c");
  EXPECT_THAT(scene.captured({as(repeat(seq({word("a"), x}), 1, 9), 0)}), ElementsAre("a x a x", "a x"));
}

TEST_F(CaptureTest, GroupsAroundTheAnchorReachToBothSides) {
  EXPECT_EQ(
      "a x b|x b|a x b c",
      captures("a x b c", {as(seq({as(seq({word("a"), as(seq({x, word("b")}), 1)}), 0), optional(word("c"))}), 2)}));
}

TEST_F(CaptureTest, WhatTookNoTokenIsNotTaken) {
  EXPECT_EQ("-", captures("x b", {x, as(optional(word("a")), 0)}));
  EXPECT_EQ("-|-", captures("x b", {x, optional(seq({as(word("b"), 0), as(word("c"), 1)}))}));
  EXPECT_EQ("-|b", captures("x b", {x, any({{as(word("a"), 0)}, {as(word("b"), 1)}})}));
  EXPECT_EQ("-", captures("x b", {x, as(gap(3), 0), word("b")}));
  EXPECT_EQ("c", captures("x c b", {x, as(gap(3), 0), word("b")}));
}

TEST_F(CaptureTest, WhatWasGivenUpLeavesNoTrace) {
  const Steps first = {as(word("a"), 0), word("c")}, second = {word("a"), as(word("b"), 1)};
  EXPECT_EQ("-|b", captures("x a b", {x, any({first, second})}));
  EXPECT_EQ("a|b", captures("x a b", {x, as(repeat(tok(), 0, 2), 0), as(word("b"), 1)}));
}

TEST_F(CaptureTest, OfTheLastRoundMatchedStays) {
  const Step pair = seq({word("a"), as(tok(), 0)});
  EXPECT_EQ("c", captures("x a b a c", {x, repeat(pair, 1, 3)}));
  EXPECT_EQ("b", captures("a b a c x", {repeat(pair, 1, 3), x}));
}

TEST_F(CaptureTest, InLookAroundIsNeverTaken) {
  EXPECT_EQ("-|a", captures("x a", {x, ahead({as(word("a"), 0)}), as(word("a"), 1)}));
}

TEST_F(CaptureTest, TellTheLexiconEntryTaken) {
  const LexiconId id = scene.lexicon({"bank\tsatu", "bank desa\tdua", "desa\ttiga"});
  const Step entry = lex({id});
  scene.read("x bank desa");
  const auto column = [&](const Steps& steps) {
    const Capture capture = scene.matches(steps).at(0).captures.at(0);
    EXPECT_EQ(-1, capture.annotation);
    return capture.entry == kNoEntry ? "" : std::string(scene.lexicons().value(capture.entry, 1));
  };
  EXPECT_EQ("dua", column({x, as(entry, 0)}));
  EXPECT_EQ("satu", column({x, as(entry, 0), word("desa")}));
  EXPECT_EQ("tiga", column({x, word("bank"), as(seq({entry}), 0)}));
  EXPECT_EQ("tiga", column({x, word("bank"), as(any({{word("z")}, {optional(word("z")), entry}}), 0)}));
  EXPECT_EQ("", column({x, as(seq({word("bank"), entry}), 0)}));
  EXPECT_EQ("", column({x, as(word("bank"), 0)}));
  scene.read("desa");
  EXPECT_EQ("tiga", column({as(entry, 0)}));
}

TEST_F(CaptureTest, TellTheAnnotationTaken) {
  scene.read("a b x c d");
  const std::int64_t before = scene.annotate(1, {0, 2});
  const std::int64_t inner = scene.annotate(1, {3, 4});
  const std::int64_t after = scene.annotate(1, {3, 5});
  const auto taken = [&](const Steps& steps) {
    const Capture capture = scene.matches(steps).at(0).captures.at(0);
    EXPECT_EQ(kNoEntry, capture.entry);
    return capture.annotation;
  };
  EXPECT_EQ(before, taken({as(anno({1}), 0), x}));
  EXPECT_EQ(after, taken({x, as(seq({optional(word("z")), anno({1})}), 0)}));
  EXPECT_EQ(inner, taken({x, as(anno({1}), 0), word("d")}));
  EXPECT_EQ(-1, taken({x, as(seq({anno({1}), word("d")}), 0)}));
  EXPECT_EQ(-1, taken({as(seq({anno({1}), x}), 0)}));
}

TEST_F(CaptureTest, InsideAlternativesOfTheAnchor) {
  const LexiconId id = scene.lexicon({"bank desa\tdua"});
  const Steps steps = {as(any({{as(word("kata"), 0)}, {as(lex({id}), 1)}}), 2), tok()};
  EXPECT_EQ("kata|-|kata", captures("ia kata dia", steps));
  EXPECT_EQ("-|bank desa|bank desa", captures("ia bank desa itu", steps));
  EXPECT_NE(kNoEntry, scene.matches(steps).at(0).captures.at(1).entry);
  EXPECT_NE(kNoEntry, scene.matches(steps).at(0).captures.at(2).entry);
}

}  // namespace
}  // namespace kutip::matching
