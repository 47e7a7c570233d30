#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "service/access/certificates.h"
#include "service/access/tokens.h"
#include "support/test_certificate.h"

namespace kutip::access {
namespace {

using support::make_certificate;
using support::TestCertificate;
using testing::HasSubstr;

constexpr const char* kTokens =
    "# who may what\n"
    "\n"
    "reader 0123456789abcdef0 annotate\n"
    "editor fedcba9876543210f annotate read-rules change-rules\n";

Tokens tokens(const std::string& text) {
  auto parsed = Tokens::parse(text);
  if (const auto* error = std::get_if<Tokens::Error>(&parsed)) ADD_FAILURE() << error->message;
  return std::move(std::get<Tokens>(parsed));
}

TEST(Tokens, TellsWhoCallsAndWhatTheyMay) {
  const Tokens known = tokens(kTokens);
  const auto reader = known.name_of("Bearer 0123456789abcdef0");
  ASSERT_EQ(reader, "reader");
  EXPECT_TRUE(known.allows(*reader, Permission::kAnnotate));
  EXPECT_FALSE(known.allows(*reader, Permission::kReadRules));
  EXPECT_TRUE(known.allows("editor", Permission::kChangeRules));
}

TEST(Tokens, KnowsNobodyElse) {
  const Tokens known = tokens(kTokens);
  for (const char* header : {"", "Bearer ", "Bearer 0123456789abcdef", "Bearer 0123456789abcdef00",
                             "bearer 0123456789abcdef0", "0123456789abcdef0", "Basic 0123456789abcdef0"})
    EXPECT_EQ(known.name_of(header), std::nullopt) << header;
}

TEST(Tokens, RefusesFilesWithMistakesAndNeverRepeatsAToken) {
  const std::pair<const char*, const char*> cases[] = {
      {"a\n", "line 1: behind the name"},
      {"# x\na short annotate\n", "line 2: behind the name"},
      {"a 0123456789abcdef0 anotate\n", "line 1: a permission"},
      {"a 0123456789abcdef0\nb 0123456789abcdef0\n", "line 2: the name or the token"},
      {"a 0123456789abcdef0\na 1123456789abcdef0\n", "line 2: the name or the token"},
      {"", "it names nobody"},
      {"\n# reader 0123456789abcdef0 annotate\n", "it names nobody"}};
  for (const auto& [text, message] : cases) {
    const auto parsed = Tokens::parse(text);
    ASSERT_TRUE(std::holds_alternative<Tokens::Error>(parsed)) << text;
    EXPECT_THAT(std::get<Tokens::Error>(parsed).message, HasSubstr(message));
    EXPECT_THAT(std::get<Tokens::Error>(parsed).message, testing::Not(HasSubstr("0123456789abcdef0")));
  }
}

TEST(FaultOfPair, KnowsAPairThatGoesTogether) {
  const TestCertificate one = make_certificate(), other = make_certificate(), expired = make_certificate(-1);
  EXPECT_EQ(fault_of_pair(one.certificate, one.key), "");
  EXPECT_THAT(fault_of_pair(one.certificate, other.key), HasSubstr("do not go together"));
  EXPECT_THAT(fault_of_pair(expired.certificate, expired.key), HasSubstr("expired"));
  EXPECT_THAT(fault_of_pair("garbage", one.key), HasSubstr("certificate"));
  EXPECT_THAT(fault_of_pair(one.certificate, ""), HasSubstr("key"));
}

TEST(Certificates, KeepTheLastGoodPair) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("kutip-access-" + std::to_string(getpid()));
  fs::create_directory(folder);
  const auto write = [&](const TestCertificate& pair) {
    std::ofstream(folder / "crt") << pair.certificate;
    std::ofstream(folder / "key") << pair.key;
  };
  const auto read = [](const fs::path& path) {
    std::ostringstream content;
    content << std::ifstream(path).rdbuf();
    return content.str();
  };
  const TestCertificate first = make_certificate(), second = make_certificate();
  write(first);
  std::vector<std::string> told;
  std::string error;
  fs::path copy;
  {
    Certificates certificates(
        {folder / "crt", folder / "key", ""}, [&](const auto& fault) { told.push_back(fault); }, error);
    ASSERT_EQ(error, "");
    copy = certificates.copies().certificate;
    EXPECT_EQ(read(copy), first.certificate);
    write({"garbage", first.key});
    certificates.look();
    EXPECT_EQ(read(copy), first.certificate);
    write(second);
    certificates.look();
    EXPECT_EQ(read(copy), second.certificate);
    EXPECT_EQ(read(certificates.copies().key), second.key);

    // As on a full disk: one of the copies cannot be written.
    const fs::path in_the_way = copy.string() + ".new";
    fs::create_directory(in_the_way);
    write(first);
    certificates.look();
    certificates.look();
    EXPECT_EQ(read(copy), second.certificate);
    EXPECT_EQ(read(certificates.copies().key), second.key);
    fs::remove(in_the_way);
    certificates.look();
    EXPECT_EQ(read(copy), first.certificate);
    EXPECT_EQ(read(certificates.copies().key), first.key);
  }
  EXPECT_THAT(told, testing::Contains(HasSubstr("none in PEM")));
  EXPECT_THAT(told, testing::Contains(HasSubstr("cannot be written")));
  EXPECT_EQ(told.back(), "");
  EXPECT_FALSE(fs::exists(copy)) << "copies of keys do not stay";
  const Certificates none(
      {folder / "nothing", folder / "key", ""}, [](const auto&) {}, error);
  EXPECT_NE(error, "");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace kutip::access
