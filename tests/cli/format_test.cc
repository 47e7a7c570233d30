// Formats of `kutip annotate`, from answers made by hand.
#include "service/cli/format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "service/cli/marks.h"
#include "service/cli/styled_lines.h"
#include "service/cli/terminal.h"
#include "text/display_width.h"

namespace kutip::cli {
namespace {

using testing::HasSubstr;

// Makes an answer that counts UTF-8 bytes, as formats that show the text need it.
class Answer {
 public:
  explicit Answer(std::string text) : text_(std::move(text)) { response_.set_offset_unit(v1::OFFSET_UNIT_UTF8); }

  // The span of the first occurrence of `words`.
  v1::Span span(const std::string& words) const {
    v1::Span out;
    const auto begin = text_.find(words);
    EXPECT_NE(begin, std::string::npos) << words;
    out.set_begin(static_cast<std::uint32_t>(begin));
    out.set_end(static_cast<std::uint32_t>(begin + words.size()));
    out.set_text(words);
    return out;
  }

  v1::Quote& quote(v1::QuoteForm form, const std::string& words) {
    v1::Quote& quote = *response_.add_quotes();
    quote.set_form(form);
    *quote.mutable_span() = span(words);
    *quote.add_fragments()->mutable_span() = span(words);
    *quote.mutable_fragments(0)->mutable_content() = span(words);
    quote.set_text(words);
    return quote;
  }

  void speaks(v1::Quote& quote, const std::string& name, const std::string& cue, const std::string& mention) {
    v1::Speaker& speaker = *response_.add_speakers();
    speaker.set_name(name);
    speaker.set_kind(v1::SPEAKER_KIND_PERSON);
    *speaker.add_mentions()->mutable_span() = span(mention);
    *quote.mutable_cue()->mutable_span() = span(cue);
    quote.mutable_attribution()->set_speaker_index(static_cast<std::uint32_t>(response_.speakers_size() - 1));
    quote.mutable_attribution()->set_speaker_name(name);
    *quote.mutable_attribution()->mutable_mention() = span(mention);
  }

  void organization(const std::string& name) {
    v1::Organization& organization = *response_.add_organizations();
    organization.set_name(name);
    *organization.add_mentions()->mutable_span() = span(name);
  }

  const std::string& text() const { return text_; }
  v1::AnnotateResponse& response() { return response_; }
  std::string pretty(std::uint32_t width, bool color = false) const {
    return format_pretty(text_, response_, {width, color});
  }

 private:
  std::string text_;
  v1::AnnotateResponse response_;
};

Mark mark(std::uint32_t begin, std::uint32_t end) {
  Mark out;
  out.begin = begin;
  out.end = end;
  return out;
}

// Edges as brackets around the positions of a text: "(0 (2 )4 )6".
std::string edges(const std::vector<Mark>& marks) {
  std::string out;
  for (const Edge& edge : nest(marks))
    out += std::string(out.empty() ? "" : " ") + (edge.opens ? "(" : ")") + (edge.outermost ? "" : "~") +
           std::to_string(edge.at);
  return out;
}

TEST(Nest, OpensOuterMarksFirstAndClosesThemLast) {
  EXPECT_EQ(edges({}), "");
  EXPECT_EQ(edges({mark(0, 6), mark(2, 4)}), "(0 (2 )4 )6");
  EXPECT_EQ(edges({mark(0, 6), mark(0, 6)}), "(0 (0 )6 )6");
  EXPECT_EQ(edges({mark(0, 2), mark(2, 4)}), "(0 )2 (2 )4");
}

TEST(Nest, CutsAMarkThatCrossesAnother) {
  EXPECT_EQ(edges({mark(0, 4), mark(2, 6)}), "(0 (2 )~4 )4 (~4 )6");
  EXPECT_EQ(edges({mark(0, 4), mark(1, 3), mark(2, 9)}), "(0 (1 (2 )~3 )3 (~3 )~4 )4 (~4 )9");
}

TEST(CollectMarks, MarksAClitcCueOnceAndAMentionOfTwoQuotesOnce) {
  Answer answer("“A,” katanya. “B,” kata dia.");
  answer.speaks(answer.quote(v1::QUOTE_FORM_DIRECT, "“A,”"), "Rini", "katanya", "katanya");
  answer.speaks(answer.quote(v1::QUOTE_FORM_DIRECT, "“B,”"), "Rini", "kata dia", "dia");
  std::vector<MarkKind> kinds;
  for (const Mark& each : collect_marks(answer.response())) kinds.push_back(each.kind);
  EXPECT_THAT(kinds, testing::ElementsAre(MarkKind::kQuote, MarkKind::kCue, MarkKind::kQuote, MarkKind::kCue,
                                          MarkKind::kSpeaker));
}

TEST(Pretty, BreaksLinesAtTheWidthAndKeepsParagraphs) {
  Answer answer("Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh.\n\n\n\n“Kapal siap,” kata Rini.\n");
  answer.speaks(answer.quote(v1::QUOTE_FORM_DIRECT, "“Kapal siap,”"), "Rini", "kata", "Rini");
  EXPECT_THAT(answer.pretty(40),
              testing::StartsWith("Satu dua tiga empat lima enam tujuh\ndelapan sembilan sepuluh.\n\n"
                                  "[1 “Kapal siap,”] /kata/ {Rini}.\n\n"));
}

TEST(Pretty, NeverWritesALineThatIsWiderThanTheTerminal) {
  Answer answer("“" + std::string(300, 'x') + " 船が港に着いた。" + std::string(50, 'y') + "” kata Rini.");
  answer.speaks(answer.quote(v1::QUOTE_FORM_DIRECT, answer.text().substr(0, answer.text().find(" kata"))),
                "Rini Wulandari yang namanya sangat panjang sekali", "kata", "Rini");
  answer.organization("船が港に着いた。");
  std::istringstream lines(answer.pretty(60));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(text::display_width(line), 60U) << line;
}

TEST(Pretty, EndsEachLineWithoutAnOpenUnderline) {
  Answer answer("Kantor Dinas Kelautan dan Perikanan Kabupaten Kepulauan Tambora dibuka.");
  answer.organization("Dinas Kelautan dan Perikanan Kabupaten Kepulauan Tambora");
  std::istringstream lines(answer.pretty(40, true));
  for (std::string line; std::getline(lines, line);) {
    const auto last = line.rfind("\x1b[");
    if (last == std::string::npos) continue;
    EXPECT_EQ(line.substr(last, 4), "\x1b[0m") << line;
  }
}

TEST(Pretty, SaysThatThereAreNoQuotes) {
  EXPECT_THAT(Answer("Kapal tiba.").pretty(80), HasSubstr("Kapal tiba.\n\nNo quotes.\n"));
}

TEST(Pretty, ShowsWarningsWithTheirLine) {
  Answer answer("Satu.\nDua “tiga.");
  v1::Warning& warning = *answer.response().add_warnings();
  warning.set_message("A quotation mark has no partner.");
  *warning.mutable_span() = answer.span("“");
  EXPECT_THAT(answer.pretty(80), HasSubstr("Warning: A quotation mark has no partner. (line 2)\n"));
}

TEST(Html, NestsMarksAndJoinsQuotesToSpeakers) {
  Answer answer("“Kantor DKT buka,” kata Rini.");
  answer.speaks(answer.quote(v1::QUOTE_FORM_DIRECT, "“Kantor DKT buka,”"), "Rini", "kata", "Rini");
  answer.organization("DKT");
  const std::string page = format_html(answer.text(), answer.response(), 0);
  EXPECT_THAT(page,
              HasSubstr("<span class=\"q direct s0\" tabindex=\"0\" id=\"d0q0\" data-q=\"0\" data-s=\"0\">“Kantor "
                        "<span class=\"org\" data-o=\"0\">DKT</span> buka,”"));
  EXPECT_THAT(page, HasSubstr("<span class=\"cue s0\" data-q=\"0\" data-s=\"0\">kata</span>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"who s0\" data-s=\"0\">Rini</span>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"#d0q0\" data-q=\"0\" data-s=\"0\">"));
}

TEST(Html, EscapesWhateverComesFromOutside) {
  Answer answer("<b>“Ayo,” kata R&D.");
  answer.speaks(answer.quote(v1::QUOTE_FORM_DIRECT, "“Ayo,”"), "R&D <i>\"x\"", "kata", "R&D");
  answer.response().set_document_id("<script>");
  answer.response().set_language_code("\"><script>");
  const std::string page = html_head("<title>") + format_html(answer.text(), answer.response(), 0);
  for (const char* raw : {"<b>", "<i>", "<script>", "<title><"}) EXPECT_THAT(page, testing::Not(HasSubstr(raw)));
  EXPECT_THAT(page, HasSubstr("R&amp;D &lt;i&gt;&quot;x&quot;"));
}

TEST(Spans, ListsFragmentsAndParents) {
  Answer answer("“A ‘b’ c,” kata Rini, “d.”");
  v1::Quote& outer = answer.quote(v1::QUOTE_FORM_DIRECT, "“A ‘b’ c,”");
  *outer.add_fragments()->mutable_span() = answer.span("“d.”");
  answer.quote(v1::QUOTE_FORM_DIRECT, "‘b’").set_parent_index(0);
  answer.response().set_document_id("x");
  EXPECT_EQ(format_spans(answer.response()),
            "{\"id\":\"x\",\"quotes\":[{\"kind\":\"direct\",\"fragments\":[[0,18],[30,38]],\"cue\":[],\"speaker\":[],"
            "\"speaker_name\":null,\"continuation\":null,\"parent\":null},{\"kind\":\"direct\",\"fragments\":[[5,12]],"
            "\"cue\":[],\"speaker\":[],\"speaker_name\":null,\"continuation\":null,\"parent\":0}],\"organizations\":[],"
            "\"persons\":[]}\n");
}

TEST(Shortened, LeavesRoomForTheEllipsisAndCountsWideCharactersTwice) {
  EXPECT_EQ(shortened("kapal", 5), "kapal");
  EXPECT_EQ(shortened("kapal siap", 5), "kapa…");
  EXPECT_EQ(shortened("船船船", 6), "船船船");
  EXPECT_EQ(shortened("船船船", 5), "船船…");
  EXPECT_EQ(shortened("船船船", 4), "船…");
  EXPECT_EQ(shortened("cafe\u0301", 4), "cafe\u0301");
}

TEST(Printable, ShowsControlCharactersAsPictures) {
  EXPECT_EQ(printable("a\x1b[1mb\x07\n\tc\x7f"), "a␛[1mb␇  c␡");
  EXPECT_EQ(printable("\u009b31m"), "\uFFFD31m");
  EXPECT_EQ(printable("kapal 🚢"), "kapal 🚢");
}

}  // namespace
}  // namespace kutip::cli
