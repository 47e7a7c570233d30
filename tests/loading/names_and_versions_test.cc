#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "loading/diagnostic_codes.h"
#include "loading/digest.h"
#include "loading/nearest_name.h"
#include "loading/version.h"

namespace kutip::loading {
namespace {

std::string nearest(std::string_view name, std::vector<std::string> candidates) {
  return nearest_name(name, candidates).value_or("");
}

TEST(NearestName, FindsSlips) {
  EXPECT_EQ(nearest("speakr", {"cue", "speaker", "continues"}), "speaker");
  EXPECT_EQ(nearest("SPEKAER", {"SPEAKER", "QUOTE"}), "SPEAKER") << "neighbours that changed places are one slip";
  EXPECT_EQ(nearest("Speaker", {"speaker"}), "speaker");
  EXPECT_EQ(nearest("lx", {"lex", "tok"}), "lex");
}

TEST(NearestName, OffersNothingThatIsFar) {
  EXPECT_EQ(nearest("ujaran", {"organization", "tok"}), "");
  EXPECT_EQ(nearest("a", {"b", "c"}), "");
  EXPECT_EQ(nearest("", {"a"}), "");
  EXPECT_EQ(nearest(std::string(1000, 'x'), {std::string(999, 'x')}), "");
}

TEST(NearestName, PrefersTheNearerThenTheFirst) {
  EXPECT_EQ(nearest("cue_a", {"cue_bb", "cue_b", "cue_c"}), "cue_b");
}

TEST(Version, HasThreeParts) {
  EXPECT_TRUE(parse_version("0.1.0"));
  EXPECT_TRUE(parse_version("10.20.30"));
  for (const char* text : {"", "1", "1.2", "1.2.3.4", "1.2.x", "01.2.3", "1.2.3-rc1", "v1.2.3", "1..3", " 1.2.3"})
    EXPECT_FALSE(parse_version(text)) << text;
}

TEST(VersionRange, AllBoundsMustHold) {
  const struct {
    const char* range;
    const char* version;
    bool contains;
  } cases[] = {
      {">=0.1 <1", "0.1.0", true},  {">=0.1 <1", "0.99.3", true},   {">=0.1 <1", "1.0.0", false},
      {">=0.1 <1", "0.0.9", false}, {">1.2", "1.2.0", false},       {">1.2", "1.2.1", true},
      {"<=1.2.3", "1.2.3", true},   {"<=1.2.3", "1.2.4", false},    {"=1.2.3", "1.2.3", true},
      {"1.2.3", "1.2.4", false},    {"  >=1   <2 ", "1.5.0", true},
  };
  for (const auto& c : cases) {
    const auto range = VersionRange::parse(c.range);
    ASSERT_TRUE(range) << c.range;
    EXPECT_EQ(range->contains(*parse_version(c.version)), c.contains) << c.range << " " << c.version;
  }
}

TEST(VersionRange, RefusesWhatItDoesNotKnow) {
  for (const char* text : {"", " ", "^1", "~1.2", ">=", ">= 1", "1.x", "*", ">=1,<2", "latest"})
    EXPECT_FALSE(VersionRange::parse(text)) << text;
}

TEST(Codes, AreUniqueAndTitled) {
  std::set<std::string_view> ids, titles;
  for (const CodeInfo& info : all_codes()) {
    EXPECT_TRUE(ids.insert(info.id).second) << info.id;
    EXPECT_TRUE(titles.insert(info.title).second) << info.title;
    EXPECT_EQ(info.id.size(), 4u);
    EXPECT_EQ(severity(info.code) == Severity::kWarning, info.id.front() == 'W');
  }
}

TEST(Digest, TellsPathsFromContents) {
  const std::vector<SourceFile> one = {{"a", "bc"}};
  const std::vector<SourceFile> other = {{"ab", "c"}};
  EXPECT_NE(digest_of(one), digest_of(other));
  // SHA-256 of nothing (FIPS 180-4, as every implementation answers).
  EXPECT_EQ(digest_of({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace kutip::loading
