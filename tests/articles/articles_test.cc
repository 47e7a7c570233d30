// The shipped rules on whole articles: what they find is written beside each article (NAME.expected), and holds on
// repeats, in any thread, with spans inside the text. UPDATE_GOLDENS=1 rewrites the expected files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "loading/load.h"
#include "store/rules_folder.h"
#include "support/generated_articles.h"
#include "tagging/annotate.h"

namespace kutip {
namespace {

namespace fs = std::filesystem;
using tagging::Annotations;

std::string read(const fs::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

const tagging::RuleSet& shipped_rules() {
  static const std::shared_ptr<const tagging::RuleSet> rules = [] {
    const auto files = store::read_rules_folder(KUTIP_SOURCE_DIR "/rules");
    return loading::load(std::get<std::vector<loading::SourceFile>>(files)).rules;
  }();
  return *rules;
}

class Listing {
 public:
  Listing(std::string_view text, const Annotations& found, const tagging::Grammar& grammar)
      : text_(text), found_(found), grammar_(grammar) {}

  std::string write() {
    out_ << "language " << found_.language << "\n\n";
    for (const auto& quote : found_.quotes) write_quote(quote);
    for (const auto& speaker : found_.speakers) {
      out_ << "speaker " << speaker.name << '\n';
      write_mentions(speaker.mentions);
      for (const auto& role : Annotations::slice(found_.roles, speaker.roles))
        out_ << "  role " << shown(role.span) << '\n';
    }
    for (const auto& person : found_.persons) {
      out_ << "person " << person.name << '\n';
      write_mentions(person.mentions);
    }
    for (const auto& organization : found_.organizations) {
      out_ << "organization " << organization.name << " (" << organization.category << ")\n";
      write_mentions(organization.mentions);
    }
    for (const auto& label : found_.labels) out_ << "label " << label.type << ' ' << shown(label.span) << '\n';
    for (const auto& warning : found_.warnings) out_ << "warning " << shown(warning.span) << '\n';
    return out_.str();
  }

 private:
  std::string shown(text::Span span) const {
    return "[" + std::to_string(span.begin) + ", " + std::to_string(span.end) + ") " +
           std::string(text_.substr(span.begin, span.size()));
  }

  void write_quote(const tagging::Quote& quote) {
    static constexpr const char* kForms[] = {"direct", "indirect", "mixed"};
    out_ << kForms[static_cast<std::size_t>(quote.form)] << " quote, rule " << grammar_.rules[quote.rule].id << '\n';
    for (const auto& fragment : Annotations::slice(found_.fragments, quote.fragments))
      out_ << "  " << shown(fragment.span) << '\n';
    if (!quote.continuation.empty()) out_ << "  continuation " << shown(quote.continuation) << '\n';
    if (!quote.cue.empty()) out_ << "  cue " << shown(quote.cue) << " (" << quote.cue_lemma << ")\n";
    if (quote.speaker != tagging::kNone) out_ << "  speaker " << found_.speakers[quote.speaker].name << '\n';
    if (!quote.speaker_mention.empty()) out_ << "  named as " << shown(quote.speaker_mention) << '\n';
    if (quote.parent != tagging::kNone) out_ << "  inside quote " << quote.parent << '\n';
    out_ << '\n';
  }

  void write_mentions(tagging::Slice mentions) {
    static constexpr const char* kForms[] = {"name", "short name",  "pronoun", "clitic",
                                             "role", "description", "acronym"};
    for (const auto& mention : Annotations::slice(found_.mentions, mentions))
      out_ << "  " << kForms[static_cast<std::size_t>(mention.form)] << (mention.misspelt ? ", misspelt" : "") << ' '
           << shown(mention.span) << '\n';
  }

  std::string_view text_;
  const Annotations& found_;
  const tagging::Grammar& grammar_;
  std::ostringstream out_;
};

std::string listing(const std::string& text, tagging::Workspace& workspace) {
  const tagging::Grammar* grammar = tagging::detect_language(shipped_rules(), text, workspace);
  Annotations found;
  EXPECT_TRUE(tagging::annotate(shipped_rules(), *grammar, text, {}, workspace, found));
  return Listing(text, found, *grammar).write();
}

std::string listing(const std::string& text) {
  tagging::Workspace workspace;
  return listing(text, workspace);
}

std::vector<fs::path> articles() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(KUTIP_SOURCE_DIR "/tests/articles"))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

class Article : public testing::TestWithParam<fs::path> {};

TEST_P(Article, IsAnnotatedAsWritten) {
  const std::string found = listing(read(GetParam()));
  const fs::path expected = fs::path(GetParam()).replace_extension(".expected");
  if (std::getenv("UPDATE_GOLDENS") != nullptr) std::ofstream(expected, std::ios::binary) << found;
  EXPECT_EQ(found, read(expected));
}

INSTANTIATE_TEST_SUITE_P(All, Article, testing::ValuesIn(articles()),
                         [](const auto& article) { return article.param.stem().string(); });

std::vector<std::string> generated() {
  return support::generate_articles(support::indonesian_words(KUTIP_SOURCE_DIR "/rules"), 40, 3000, 5);
}

void expect_inside(text::Span span, const std::string& text) {
  const auto on_boundary = [&](std::uint32_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
  };
  ASSERT_LE(span.begin, span.end);
  ASSERT_LE(span.end, text.size());
  EXPECT_TRUE(on_boundary(span.begin) && on_boundary(span.end)) << span.begin << ' ' << span.end;
}

TEST(Annotations, LieInTheTextOnCodePointBoundariesAndInOrder) {
  tagging::Workspace workspace;
  for (const auto& text : generated()) {
    Annotations found;
    ASSERT_TRUE(tagging::annotate(shipped_rules(), *shipped_rules().grammar("id"), text, {}, workspace, found));
    EXPECT_FALSE(found.quotes.empty());
    for (const auto& fragment : found.fragments) {
      expect_inside(fragment.span, text);
      expect_inside(fragment.content, text);
      EXPECT_TRUE(fragment.span.begin <= fragment.content.begin && fragment.content.end <= fragment.span.end);
    }
    for (const auto& mention : found.mentions) expect_inside(mention.span, text);
    for (const auto& quote : found.quotes) {
      EXPECT_GE(quote.fragments.count, 1u);
      EXPECT_TRUE(quote.speaker == tagging::kNone || quote.speaker < found.speakers.size());
    }
    const auto first = [&](const tagging::Quote& quote) { return found.fragments[quote.fragments.first].span.begin; };
    EXPECT_TRUE(std::is_sorted(found.quotes.begin(), found.quotes.end(),
                               [&](const auto& a, const auto& b) { return first(a) < first(b); }));
  }
}

TEST(Annotations, AreTheSameOnRepeatsWithUsedMemoryAndInOtherThreads) {
  const auto texts = generated();
  std::vector<std::string> once;
  for (const auto& text : texts) once.push_back(listing(text));
  std::vector<std::vector<std::string>> again(4);
  std::vector<std::thread> threads;
  for (auto& answers : again)
    threads.emplace_back([&] {
      tagging::Workspace workspace;
      for (const auto& text : texts) answers.push_back(listing(text, workspace));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(again, testing::Each(testing::ElementsAreArray(once)));
}

}  // namespace
}  // namespace kutip
