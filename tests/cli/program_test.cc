// The program `kutip`, run as people run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "folder.h"
#include "run_program.h"

namespace kutip::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kRules = KUTIP_SOURCE_DIR "/tests/service/rules";
const std::string kArticle =
    "“Kapal siap berlayar 🚢,” kata Rini Wulandari dari Dinas Kelautan Tambora (DKT).\n\n"
    "Budi Santoso mengatakan, Festival Laut akan dibuka besok. Jalan ditutup sejak pagi.\n";

Outcome annotate(std::vector<std::string> arguments, const std::string& input = kArticle) {
  arguments.insert(arguments.begin(), {"annotate", "--rules", kRules});
  return run(arguments, input);
}

// text[begin:end], in code points.
std::string cut(const std::string& text, std::size_t begin, std::size_t end) {
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) starts.push_back(at);
  }
  starts.push_back(text.size());
  return text.substr(starts.at(begin), starts.at(end) - starts.at(begin));
}

TEST(Program, TellsItsVersionAndHelp) {
  const Outcome version = run({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_THAT(version.out, testing::MatchesRegex("kutip [0-9]+\\.[0-9]+\\.[0-9]+\n"));
  const Outcome help = run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* command : {"annotate", "serve", "lint"}) EXPECT_THAT(help.out, HasSubstr(command));
}

TEST(Program, RefusesWrongUsageInOneClearMessage) {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{}, {"nothing"}, {"annotate", "--nothing"}, {"serve", "--listen"}}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, Not(IsEmpty()));
  }
  EXPECT_THAT(run({"anotate", "x.txt"}).err, HasSubstr("no command `anotate`; did you mean `annotate`?"));
  EXPECT_THAT(run({"eval", "x.jsonl", "--errors", "-1"}).err, HasSubstr("--errors"));
}

TEST(Annotate, RefusesUnknownValuesAndNamesThoseThereAre) {
  Outcome outcome = annotate({"--format", "xml"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("spans"));
  outcome = annotate({"--unit", "utf32"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("utf16"));
  outcome = annotate({"--language", "fr"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("`fr`"));
  EXPECT_THAT(outcome.err, HasSubstr("id"));
  outcome = annotate({"--plugins", "mini,nothing"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("`nothing`"));
}

TEST(Annotate, NamesTheFileThatIsMissing) {
  const Outcome outcome = annotate({"/no/such/article.txt"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err, "kutip: /no/such/article.txt: No such file or directory\n");
}

TEST(Annotate, NamesTheByteThatIsNotUtf8AndRepeatsNothingOfTheText) {
  const Outcome outcome = annotate({"-"}, "Rahasia \xC3(");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err, "kutip: -: not UTF-8: the byte at offset 8 is wrong\n");
}

TEST(Annotate, NamesTheLineThatIsNoArticle) {
  const Outcome outcome = annotate({"--input", "jsonl"}, "{\"id\": \"a\", \"text\": \"x\"}\n\n{\"id\": \"b\"}\n");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err, "kutip: -:3: not a JSON object with a string \"text\"\n");
}

TEST(Annotate, WritesProtobufJsonWhenNotOnATerminal) {
  const Outcome outcome = annotate({});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json response = json::parse(outcome.out);
  EXPECT_EQ(response["documentId"], "-");
  EXPECT_EQ(response["offsetUnit"], "OFFSET_UNIT_CODE_POINT");
  EXPECT_EQ(response["quotes"][0]["span"]["begin"], 0) << "zeros are written, too";
  EXPECT_EQ(response["quotes"][0]["attribution"]["speakerName"], "Rini Wulandari");
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(Annotate, CountsInTheUnitAskedFor) {
  const auto length = [](const char* unit) {
    return json::parse(annotate({"--unit", unit}).out)["textLength"].get<std::size_t>();
  };
  EXPECT_EQ(length("utf8"), kArticle.size());
  EXPECT_EQ(length("utf16"), length("code-point") + 1) << "the ship is two code units";
}

TEST(Annotate, WritesOneLineADocumentAsJsonl) {
  const Outcome outcome = annotate({"--input", "jsonl", "--format", "jsonl"},
                                   "{\"id\": \"a\", \"text\": \"“Ayo,” kata Rini Wulandari di DKT.\"}\n{\"id\": 7, "
                                   "\"lang\": \"en\", \"text\": \"x\"}\n");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::istringstream lines(outcome.out);
  std::vector<json> responses;
  for (std::string line; std::getline(lines, line);) responses.push_back(json::parse(line));
  ASSERT_EQ(responses.size(), 2U);
  EXPECT_EQ(responses[0]["documentId"], "a");
  EXPECT_EQ(responses[0]["languageCode"], "id");
  EXPECT_EQ(responses[1]["documentId"], "7");
  EXPECT_EQ(responses[1]["languageCode"], "en");
}

TEST(Annotate, WritesSpansInCodePoints) {
  const Outcome outcome = annotate({"--format", "spans", "--unit", "utf8"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json spans = json::parse(outcome.out);
  const auto text_of = [](const json& span) { return cut(kArticle, span[0], span[1]); };
  EXPECT_EQ(spans["id"], "-");
  ASSERT_EQ(spans["quotes"].size(), 2U);
  const json& direct = spans["quotes"][0];
  EXPECT_EQ(direct["kind"], "direct");
  EXPECT_EQ(text_of(direct["fragments"][0]), "“Kapal siap berlayar 🚢,”");
  EXPECT_EQ(text_of(direct["cue"][0]), "kata");
  EXPECT_EQ(text_of(direct["speaker"][0]), "Rini Wulandari");
  EXPECT_EQ(direct["speaker_name"], "Rini Wulandari");
  EXPECT_TRUE(direct["continuation"].is_null());
  EXPECT_TRUE(direct["parent"].is_null());
  const json& indirect = spans["quotes"][1];
  EXPECT_EQ(indirect["kind"], "indirect");
  EXPECT_EQ(text_of(indirect["continuation"]), "Jalan ditutup sejak pagi");
  std::vector<std::string> organizations, persons;
  for (const auto& span : spans["organizations"]) organizations.push_back(text_of(span));
  for (const auto& span : spans["persons"]) persons.push_back(text_of(span));
  EXPECT_THAT(organizations, testing::ElementsAre("Dinas Kelautan Tambora", "DKT")) << "nested ones are left out";
  EXPECT_THAT(persons, testing::ElementsAre("Rini Wulandari", "Budi Santoso"));
}

TEST(Annotate, MarksTheTextWithBracketsWhereThereAreNoColours) {
  const Outcome outcome = annotate({"--format", "pretty"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("[1 “Kapal siap berlayar 🚢,”] /kata/ {Rini Wulandari} dari"));
  EXPECT_THAT(outcome.out, HasSubstr("{Budi Santoso} /mengatakan/, [2 |Festival Laut| akan dibuka besok]."));
  EXPECT_THAT(outcome.out, HasSubstr("[2+ Jalan ditutup sejak pagi]"));
  EXPECT_THAT(outcome.out, HasSubstr("1  Rini Wulandari  direct    kata        Kapal siap berlayar 🚢,"));
  EXPECT_THAT(outcome.out, HasSubstr("Organizations: Dinas Kelautan Tambora (DKT) ×2"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

TEST(Annotate, ColoursWhenToldTo) {
  EXPECT_THAT(annotate({"--format", "pretty", "--color", "always"}).out, HasSubstr("\x1b[0;32m“Kapal"));
  EXPECT_THAT(annotate({"--format", "pretty", "--color", "never"}).out, Not(HasSubstr("\x1b")));
}

TEST(Annotate, LetsNoControlSequenceOfATextThrough) {
  const Outcome outcome = annotate({"--format", "pretty", "-"}, "\x1b]0;x\x07 “Ayo,” kata Rini Wulandari.");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("␛]0;x␇"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

TEST(Annotate, WritesAPageThatNeedsNothingElse) {
  const Outcome outcome =
      annotate({"--format", "html", "-"}, "<script>alert(1)</script> “A & B,” kata Rini Wulandari dari DKT.");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, testing::StartsWith("<!doctype html>"));
  EXPECT_THAT(outcome.out, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(outcome.out, HasSubstr("“A &amp; B,”"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("<script>alert")));
  for (const char* network : {"http://", "https://", "src=", "@import", "url("})
    EXPECT_THAT(outcome.out, Not(HasSubstr(network)));
}

TEST(Annotate, AnnotatesSeveralFilesAndGoesOnAfterABadOne) {
  const Folder folder;
  const auto a = folder.write("a.txt", "“Ayo,” kata Rini Wulandari.");
  const auto b = folder.write(
      "b.jsonl", "{\"id\": \"b1\", \"lang\": \"fr\", \"text\": \"x\"}\n{\"id\": \"b2\", \"text\": \"y\"}\n");
  const Outcome outcome = annotate({a, b, "--format", "jsonl"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("kutip: b1: "));
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 2);
}

TEST(Annotate, SaysWhatIsWrongWithARulesFolder) {
  const Folder folder;
  Outcome outcome = run({"annotate", "--rules", folder.path() + "/none"}, kArticle);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("none"));
  outcome = run({"annotate", "--rules", folder.path()}, kArticle);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("there is no plugin"));
  folder.write("id/plugin.yaml", "schema: kutip.plugin/v1\nplugin: [\n");
  outcome = run({"annotate", "--rules", folder.path()}, kArticle);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("id/plugin.yaml:"));
}

TEST(Lint, CountsRulesAndListsMistakes) {
  Outcome outcome = run({"lint", kRules});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("mini 1.2.0 (id): 6 rules"));
  EXPECT_EQ(run({"lint", "/no/such/folder"}).exit_code, 2);

  const Folder folder;
  std::filesystem::copy(kRules, folder.path(), std::filesystem::copy_options::recursive);
  folder.write("tiny/rules.yaml",
               "schema: kutip.rules/v1\nplugin: tiny\nlexicons: {function_word: {words: [a]}}\nrules:\n"
               "  - id: a\n    phase: quotes\n    pattern: [{lex: cua}]\n    emit: [{type: STOP, span: $match}]\n");
  outcome = run({"lint", folder.path()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("tiny/rules.yaml:7:"));
}

TEST(Serve, AnswersLikeTheProgramItselfAndEndsOnSigterm) {
  Program server({"serve", "--rules", kRules, "--listen", "127.0.0.1:0"});
  const std::string line = server.wait_for_line("listening on ");
  ASSERT_NE(line, "");
  const std::string address = line.substr(line.find("listening on ") + 13);

  for (const char* format : {"json", "spans", "pretty", "html"}) {
    const Outcome remote = run({"annotate", "--server", address, "--format", format}, kArticle);
    EXPECT_EQ(remote.exit_code, 0) << remote.err;
    EXPECT_EQ(remote.out, annotate({"--format", format}).out) << format;
  }
  const Outcome refused = run({"annotate", "--server", address, "--language", "fr"}, kArticle);
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("`fr`"));

  server.send_signal(SIGTERM);
  const Outcome outcome = server.wait();
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("SIGTERM"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("Kapal"))) << "nothing of a text is logged";
}

TEST(Serve, SaysWhyItCannotStart) {
  Outcome outcome = run({"serve", "--rules", "/no/such/folder"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("/no/such/folder"));

  Program first({"serve", "--rules", kRules, "--listen", "127.0.0.1:0"});
  const std::string line = first.wait_for_line("listening on ");
  ASSERT_NE(line, "");
  const std::string address = line.substr(line.find("listening on ") + 13);
  outcome = run({"serve", "--rules", kRules, "--listen", address});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("cannot listen on " + address));
}

TEST(Annotate, SaysThatNoServerAnswers) {
  const Folder folder;
  const Outcome outcome = run({"annotate", "--server", "unix:" + folder.path() + "/none.sock"}, kArticle);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("no server answers at unix:"));
}

}  // namespace
}  // namespace kutip::cli
