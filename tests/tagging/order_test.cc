#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_rules.h"

namespace kutip::tagging {
namespace {

using testing::ElementsAre;

// Labels of one phase that the rules given find in `text`, as `rule id: words`.
std::vector<std::string> labels(const std::string& rules, const std::string& text) {
  const auto loaded = load_rules({{"t/plugin.yaml", R"(
schema: kutip.plugin/v1
plugin: t
version: 0.1.0
engine: ">=0.1 <1"
language: xx
title: t
maintainers: [kutip]
license: Apache-2.0
phases: [one, two]
files: [rules.yaml]
labels: {A: {title: A}, B: {title: B}}
)"},
                                  {"t/rules.yaml", "schema: kutip.rules/v1\nplugin: t\nrules:\n" + rules}});
  const Tagged tagged(*loaded, text);
  std::vector<std::string> found;
  for (const Label& label : tagged.annotations().labels)
    found.push_back(loaded->grammars().front().rules[label.rule].id + ": " + tagged.at(label.span));
  return found;
}

TEST(Order, PriorityComesBeforeLength) {
  EXPECT_THAT(labels(R"(
  - {id: short, title: s, phase: one, priority: 60, pattern: [{tok: {lower: [b]}}], emit: [{type: A, span: $match}]}
  - {id: long, title: l, phase: one, pattern: [{tok: {lower: [b]}}, {tok: {lower: [c]}}], emit: [{type: A, span: $match}]}
)",
                     "a b c"),
              ElementsAre("short: b"));
}

TEST(Order, LengthComesBeforeStart) {
  EXPECT_THAT(labels(R"(
  - {id: early, title: e, phase: one, pattern: [{tok: {lower: [a]}}, {tok: {lower: [b]}}], emit: [{type: A, span: $match}]}
  - {id: long, title: l, phase: one, pattern: [{tok: {lower: [b]}}, {tok: {lower: [c]}}, {tok: {lower: [d]}}], emit: [{type: A, span: $match}]}
)",
                     "a b c d"),
              ElementsAre("long: b c d"));
}

TEST(Order, ThenTheRuleId) {
  EXPECT_THAT(labels(R"(
  - {id: zebra, title: z, phase: one, pattern: [{tok: {lower: [b]}}], emit: [{type: A, span: $match}]}
  - {id: ant, title: a, phase: one, pattern: [{tok: {lower: [b]}}], emit: [{type: A, span: $match}]}
)",
                     "a b c"),
              ElementsAre("ant: b"));
}

TEST(Order, TypesDoNotMeet) {
  EXPECT_THAT(labels(R"(
  - {id: one, title: o, phase: one, pattern: [{tok: {lower: [b]}}], emit: [{type: A, span: $match}]}
  - {id: two, title: t, phase: one, pattern: [{tok: {lower: [b]}}], emit: [{type: B, span: $match}]}
)",
                     "a b c"),
              ElementsAre("one: b", "two: b"));
}

TEST(Order, WhatAnEarlierPhaseTookIsTaken) {
  EXPECT_THAT(labels(R"(
  - {id: one, title: o, phase: one, pattern: [{tok: {lower: [b]}}], emit: [{type: A, span: $match}]}
  - {id: two, title: t, phase: two, priority: 99, pattern: [{tok: {lower: [b]}}, {tok: {lower: [c]}}], emit: [{type: A, span: $match}]}
)",
                     "a b c"),
              ElementsAre("one: b"));
}

TEST(Order, OverlapAllKeepsEverythingOnce) {
  EXPECT_THAT(labels(R"(
  - {id: long, title: l, phase: one, pattern: [{tok: {lower: [a]}}, {tok: {lower: [b]}}], emit: [{type: A, span: $match}]}
  - {id: all, title: a, phase: one, overlap: all, pattern: [{tok: {lower: [b]}}, {tok: {lower: [c]}, optional: true}], emit: [{type: A, span: $match}]}
)",
                     "a b c"),
              ElementsAre("long: a b", "all: b c"));
}

TEST(Order, WhatLosesItsFirstAnnotationLosesAll) {
  const std::string rules = R"(
  - {id: winner, title: w, phase: one, priority: 60, pattern: [{tok: {lower: [b]}}], emit: [{type: A, span: $match}]}
  - id: pair
    title: p
    phase: one
    pattern: [{tok: {lower: [b, x]}, as: first, anchor: true}, {tok: {lower: [c]}, as: second}]
    emit: [{type: A, span: $first}, {type: B, span: $second}]
)";
  EXPECT_THAT(labels(rules, "a b c"), ElementsAre("winner: b"));
  EXPECT_THAT(labels(rules, "a x c"), ElementsAre("pair: x", "pair: c"));
}

TEST(Order, AnExceptionDropsAMatch) {
  const auto rule = [](const std::string& where) {
    return R"(
  - id: rule
    title: r
    phase: one
    pattern: [{tok: {lower: [b]}, as: b}, {tok: {lower: [c]}}]
    suppress_when: [{id: x, where: )" +
           where + R"(, pattern: [{tok: {lower: [x]}}]}]
    emit: [{type: A, span: $b}]
)";
  };
  EXPECT_THAT(labels(rule("before"), "x b c. a b c."), ElementsAre("rule: b"));
  EXPECT_THAT(labels(rule("before"), "x a b c"), ElementsAre("rule: b")) << "not right before";
  EXPECT_THAT(labels(rule("after"), "b c x. B c a."), ElementsAre("rule: B"));
  EXPECT_THAT(labels(rule("sentence"), "b c a x b c. A b c."), ElementsAre("rule: b"));
  EXPECT_THAT(labels(rule("inside"), "x b c x"), ElementsAre("rule: b"));
}

}  // namespace
}  // namespace kutip::tagging
