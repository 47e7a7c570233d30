#include "tagging/annotate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_rules.h"

namespace kutip::tagging {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kArticle =
    "Direktur Bank Mandala Rini Wulandari mengatakan, bunga turun. Kredit naik.\n\n“Kami siap,” kata Wulandari.\n\n"
    "BAKRI membuka kantor di Malang. “Antrean panjang,” ujar seorang nasabah BAKRI. Budi Hartono datang. Ia "
    "menambahkan, BARKI ramai.\n\nWarga menonton Festival Kopi “tanpa tutup";

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += piece;
  return all;
}

bool within(text::Span span, std::size_t size) {
  return span.begin <= span.end && span.end <= size;
}

TEST(Annotate, AnswersTheSameEveryTime) {
  Workspace workspace;
  Annotations first, again, fresh;
  const Grammar& grammar = small_rules().grammars().front();
  ASSERT_TRUE(annotate(small_rules(), grammar, kArticle, {}, workspace, first));
  // Whatever the workspace was used for before.
  ASSERT_TRUE(annotate(small_rules(), grammar, repeated("“Ya,” kata Rini. ", 5000), {}, workspace, again));
  ASSERT_TRUE(annotate(small_rules(), grammar, kArticle, {}, workspace, again));
  Workspace other;
  ASSERT_TRUE(annotate(small_rules(), grammar, kArticle, {}, other, fresh));
  EXPECT_EQ(dump(first), dump(again));
  EXPECT_EQ(dump(first), dump(fresh));
  EXPECT_GT(first.quotes.size(), 3u);
}

TEST(Annotate, SaysTheLanguage) {
  EXPECT_EQ(Tagged("Harga naik.").annotations().language, "id");
}

TEST(Annotate, EmptyTextsHaveNothing) {
  for (const char* text : {"", " ", "\n\n", "\xC2\xA0"}) {
    const Tagged tagged(text);
    EXPECT_EQ(dump(tagged.annotations()), "0\n") << '"' << text << '"';
  }
}

TEST(Annotate, WarnsOfMarksThatNothingCloses) {
  const Tagged tagged("Rini datang. “Kami siap kata Rini.");
  ASSERT_EQ(tagged.annotations().warnings.size(), 1u);
  EXPECT_EQ(tagged.annotations().warnings[0].kind, WarningKind::kUnclosedQuoteMark);
  EXPECT_EQ(tagged.at(tagged.annotations().warnings[0].span), "“");
}

TEST(Annotate, WarnsOfSentencesWithoutEnd) {
  const Tagged tagged(repeated("padi ", 5000));
  ASSERT_FALSE(tagged.annotations().warnings.empty());
  EXPECT_EQ(tagged.annotations().warnings[0].kind, WarningKind::kSentenceTooLong);
}

TEST(Annotate, StopsAtTheLimit) {
  AnnotateOptions options;
  options.max_annotations = 10;
  const Tagged tagged(repeated("“Ya,” kata Rini. ", 2000), options);
  EXPECT_TRUE(tagged.annotations().truncated);
  ASSERT_FALSE(tagged.annotations().warnings.empty());
  EXPECT_EQ(tagged.annotations().warnings[0].kind, WarningKind::kAnnotationLimit);
  std::size_t count = tagged.annotations().quotes.size() + tagged.annotations().labels.size();
  for (const Person& person : tagged.annotations().persons) count += person.mentions.count;
  EXPECT_LE(count, 10u);
  EXPECT_FALSE(Tagged("“Ya,” kata Rini.", options).annotations().truncated);
}

TEST(Annotate, UsesTheWantedPluginsOnly) {
  AnnotateOptions options;
  options.plugins = {0};
  EXPECT_EQ(Tagged("“Ya,” kata Rini.", options).annotations().quotes.size(), 1u);
  options.plugins = {7};  // no such plugin: nothing is left
  EXPECT_THAT(Tagged("“Ya,” kata Rini.", options).quotes(), IsEmpty());
}

TEST(Annotate, CanBeCancelledAtAnyMoment) {
  const std::string text = repeated(kArticle, 20000);
  const Grammar& grammar = small_rules().grammars().front();
  Workspace workspace;
  Annotations out;
  int asked = 0;
  AnnotateOptions options;
  options.cancelled = [&asked] {
    ++asked;
    return false;
  };
  ASSERT_TRUE(annotate(small_rules(), grammar, text, options, workspace, out));
  const int all = asked;
  EXPECT_GT(all, 10);
  for (int stop_at = 1; stop_at <= all; ++stop_at) {
    asked = 0;
    options.cancelled = [&] { return ++asked == stop_at; };
    EXPECT_FALSE(annotate(small_rules(), grammar, text, options, workspace, out)) << stop_at;
    EXPECT_EQ(asked, stop_at);
  }
}

TEST(Annotate, SpansOfHardTextsStayInside) {
  const std::string texts[] = {
      repeated("“", 200000),
      repeated("\"", 200000),
      repeated("”‘“’", 200000),
      repeated("(((", 100000),
      repeated("kata ", 100000) + ".",
      repeated("mengatakan Rini ", 100000),
      repeated("“Ya,” kata Rini, ", 100000),
      "“" + repeated("kata Rini mengatakan ", 100000),
      repeated("BAKRI BARKI KARBI ", 100000),
      repeated("Rini Wulandari Sekar Budi ", 100000),
      repeated("Rini C. D. Wulandari datang. C. Wulandari pulang. ", 100000),
      repeated("Gubernur Rini datang. “Ya,” kata gubernur. ", 100000),
      repeated("“Ya.”\n\n", 100000),
      repeated("Rini mengatakan, ya itu benar. Begitu. ", 100000),
      std::string(100000, 'A'),
      repeated("Bank A", 50000),
      repeated(std::string_view("a\0b ", 4), 10000),
  };
  for (const std::string& text : texts) {
    const Tagged tagged(text);
    const Annotations& out = tagged.annotations();
    for (const Fragment& fragment : out.fragments) {
      EXPECT_TRUE(within(fragment.span, text.size()));
      EXPECT_TRUE(fragment.span.begin <= fragment.content.begin && fragment.content.end <= fragment.span.end);
    }
    for (const Mention& mention : out.mentions) EXPECT_TRUE(within(mention.span, text.size()));
    for (std::size_t q = 0; q < out.quotes.size(); ++q) {
      EXPECT_TRUE(within(out.quotes[q].continuation, text.size()));
      EXPECT_TRUE(out.quotes[q].speaker == kNone || out.quotes[q].speaker < out.speakers.size());
      EXPECT_TRUE(out.quotes[q].parent == kNone || out.quotes[q].parent < q);
    }
  }
}

// Rules of two plugins of one language work together; callers may choose among them.
TEST(Annotate, KnowsWhichPluginARuleBelongsTo) {
  const char* manifest = R"(
schema: kutip.plugin/v1
plugin: NAME
version: 0.1.0
engine: ">=0.1 <1"
language: xx
title: NAME
maintainers: [kutip]
license: Apache-2.0
phases: [labels]
files: [rules.yaml]
labels: {TYPE: {title: A label}}
)";
  const char* rules = R"(
schema: kutip.rules/v1
plugin: NAME
rules:
  - id: label
    title: WORD
    phase: labels
    pattern: [{tok: {lower: [WORD]}}]
    emit: [{type: TYPE, span: $match}]
)";
  const auto with = [](std::string text, const std::string& name, const std::string& type, const std::string& word) {
    const std::pair<std::string, std::string> replacements[] = {{"NAME", name}, {"TYPE", type}, {"WORD", word}};
    for (const auto& [from, to] : replacements)
      for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
  };
  const auto loaded = load_rules({{"one/plugin.yaml", with(manifest, "one", "FRUIT", "")},
                                  {"one/rules.yaml", with(rules, "one", "FRUIT", "mangga")},
                                  {"two/plugin.yaml", with(manifest, "two", "TOOL", "")},
                                  {"two/rules.yaml", with(rules, "two", "TOOL", "cangkul")}});
  const auto labels = [&](std::vector<std::uint32_t> plugins) {
    AnnotateOptions options;
    options.plugins = std::move(plugins);
    const Tagged tagged(*loaded, "mangga dan cangkul", options);
    std::vector<std::string> found;
    for (const Label& label : tagged.annotations().labels) found.push_back(tagged.at(label.span));
    return found;
  };
  ASSERT_EQ(loaded->grammars().size(), 1u);
  EXPECT_THAT(labels({}), ElementsAre("mangga", "cangkul"));
  EXPECT_THAT(labels({0}), ElementsAre("mangga"));
  EXPECT_THAT(labels({1}), ElementsAre("cangkul"));
  EXPECT_THAT(labels({0, 1}), ElementsAre("mangga", "cangkul"));
}

}  // namespace
}  // namespace kutip::tagging
