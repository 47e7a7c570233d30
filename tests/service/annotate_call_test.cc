// The calls of AnnotationService without a server: what goes into answers, and what each bad request gets.
#include "service/annotate_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "error_details.h"
#include "sample_rules.h"
#include "service/errors.h"
#include "spans_of.h"

namespace kutip::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kArticle =
    "“Kapal siap berlayar,” kata Rini Wulandari di Dinas Kelautan Tambora (DKT).\n\n"
    "Budi Santoso mengatakan, Festival Laut akan dibuka besok. Jalan ditutup sejak pagi.\n";

class AnnotateCallTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(sample_rules(), nullptr);
    active_ = holder_.activate(sample_rules());
  }

  google::rpc::Status call(const v1::AnnotateRequest& request, const Interruption& interruption = {}) {
    response_.Clear();
    return annotate(active_.get(), request, limits_, interruption, memory_, response_);
  }

  v1::AnnotateResponse answer(const std::string& text, const v1::AnnotateOptions& options = {}) {
    v1::AnnotateRequest request;
    request.mutable_document()->set_text(text);
    *request.mutable_options() = options;
    const google::rpc::Status status = call(request);
    EXPECT_TRUE(is_ok(status)) << status.message();
    return response_;
  }

  RulesHolder holder_;
  std::shared_ptr<const ActiveRules> active_;
  Limits limits_;
  CallMemory memory_;
  v1::AnnotateResponse response_;
};

TEST_F(AnnotateCallTest, AnswersWhoSaidWhat) {
  v1::AnnotateOptions options;
  options.set_include_text(true);
  const auto response = answer(kArticle, options);

  ASSERT_EQ(response.quotes_size(), 2);
  const v1::Quote& direct = response.quotes(0);
  EXPECT_EQ(direct.form(), v1::QUOTE_FORM_DIRECT);
  EXPECT_EQ(direct.text(), "Kapal siap berlayar,");
  EXPECT_EQ(direct.span().text(), "“Kapal siap berlayar,”");
  EXPECT_EQ(direct.cue().span().text(), "kata");
  EXPECT_EQ(direct.cue().lemma(), "kata");
  EXPECT_EQ(direct.attribution().speaker_name(), "Rini Wulandari");
  EXPECT_FLOAT_EQ(direct.confidence(), 0.9F);
  const v1::Quote& indirect = response.quotes(1);
  EXPECT_EQ(indirect.form(), v1::QUOTE_FORM_INDIRECT);
  EXPECT_EQ(indirect.text(), "Festival Laut akan dibuka besok");
  EXPECT_EQ(indirect.continuation().text(), "Jalan ditutup sejak pagi");
  EXPECT_EQ(response.speakers(static_cast<int>(indirect.attribution().speaker_index())).name(), "Budi Santoso");
  EXPECT_FALSE(indirect.has_parent_index());
}

TEST_F(AnnotateCallTest, AnswersOrganizationsPersonsAndLabels) {
  v1::AnnotateOptions options;
  options.set_include_text(true);
  const auto response = answer(kArticle, options);

  ASSERT_EQ(response.persons_size(), 2);
  EXPECT_EQ(response.persons(0).name(), "Rini Wulandari");
  EXPECT_EQ(response.speakers(0).person_index(), 0U);
  const auto& organization = response.organizations(0);
  EXPECT_EQ(organization.name(), "Dinas Kelautan Tambora");
  EXPECT_EQ(organization.category(), "agency");
  EXPECT_THAT(organization.acronyms(), ElementsAre("DKT"));
  EXPECT_THAT(organization.external_ids(), ElementsAre("wikidata:Q1"));
  ASSERT_EQ(organization.mentions_size(), 2);
  EXPECT_EQ(organization.mentions(1).span().text(), "DKT");
  ASSERT_EQ(response.labels_size(), 1);
  EXPECT_EQ(response.labels(0).type(), "EVENT");
  EXPECT_EQ(response.labels(0).value(), "festival");
  EXPECT_EQ(response.labels(0).span().text(), "Festival Laut");
}

TEST_F(AnnotateCallTest, MarksAMentionInsideALongerOneAsNested) {
  v1::AnnotateOptions options;
  options.set_include_text(true);
  const auto response = answer(kArticle, options);
  ASSERT_EQ(response.organizations_size(), 2);
  EXPECT_EQ(response.organizations(1).mentions(0).span().text(), "Kelautan Tambora");
  EXPECT_TRUE(response.organizations(1).mentions(0).nested());
}

TEST_F(AnnotateCallTest, NamesEachRuleOnceWithPluginAndVersion) {
  const auto response = answer(kArticle);
  std::vector<std::string> ids;
  for (const auto& rule : response.rules()) {
    EXPECT_EQ(rule.plugin(), "mini");
    EXPECT_EQ(rule.version(), "1.2.0");
    ids.push_back(rule.rule_id());
  }
  EXPECT_THAT(ids, testing::UnorderedElementsAre("direct.cue_speaker", "indirect.speaker_cue", "person.given_name",
                                                 "organization.known", "event.known"));
  EXPECT_EQ(response.rules(static_cast<int>(response.quotes(0).rule_index())).rule_id(), "direct.cue_speaker");
  EXPECT_EQ(response.rules(static_cast<int>(response.labels(0).rule_index())).rule_id(), "event.known");
}

TEST_F(AnnotateCallTest, EchoesIdUnitLengthLanguageAndRuleset) {
  v1::AnnotateRequest request;
  request.mutable_document()->set_document_id("berita-1");
  request.mutable_document()->set_text("“Ayo 🙂,” kata Rini Wulandari di DKT.");
  request.mutable_options()->set_offset_unit(v1::OFFSET_UNIT_UTF16);
  ASSERT_TRUE(is_ok(call(request)));
  EXPECT_EQ(response_.document_id(), "berita-1");
  EXPECT_EQ(response_.offset_unit(), v1::OFFSET_UNIT_UTF16);
  EXPECT_EQ(response_.text_length(), 37U);
  EXPECT_EQ(response_.language_code(), "id");
  EXPECT_TRUE(response_.language_detected());
  EXPECT_EQ(response_.ruleset().digest(), sample_rules()->digest());
  EXPECT_EQ(response_.ruleset().generation(), 0U);
}

TEST_F(AnnotateCallTest, CountsCodePointsUnlessToldOtherwise) {
  const auto response = answer("é🙂");
  EXPECT_EQ(response.offset_unit(), v1::OFFSET_UNIT_CODE_POINT);
  EXPECT_EQ(response.text_length(), 2U);
}

TEST_F(AnnotateCallTest, AnswersAnEmptyTextWithNothing) {
  const auto response = answer("");
  EXPECT_EQ(response.text_length(), 0U);
  EXPECT_THAT(response.quotes(), IsEmpty());
  EXPECT_FALSE(response.truncated());
}

TEST_F(AnnotateCallTest, RepeatsNoTextUnlessAsked) {
  const auto response = answer(kArticle);
  std::vector<v1::Span> spans;
  collect_spans(response, spans);
  ASSERT_FALSE(spans.empty());
  for (const auto& span : spans) EXPECT_EQ(span.text(), "");
  EXPECT_EQ(response.quotes(0).text(), "");
}

TEST_F(AnnotateCallTest, SlicingTheCallersOwnStringGivesTheNamedTextInEveryUnit) {
  const std::string texts[] = {
      kArticle,
      "“Kapal 🚢 siap,” kata Rini Wulandari. 🙂 Budi Santoso mengatakan, Festival Laut 🎉 dibuka.",
      "“Kapal\u00A0siap,” kata Rini\u00A0Wulandari.\r\n\r\n“Café\u0301 buka,” ujar Budi Santoso.\r\n",
      "\uFEFF“Kapal siap,” kata Rini Wulandari di DKT 👩‍👩‍👧 \u202Eabc\u202C.",
      std::string("“Kapal\0siap,” kata Rini Wulandari di 𝔇𝔎𝔗 DKT.", 56),
      "“Belum tertutup kata Rini Wulandari.\n\n“Kapal siap,” kata Budi Santoso.",
  };
  for (const std::string& text : texts) {
    for (const auto unit : {v1::OFFSET_UNIT_UTF8, v1::OFFSET_UNIT_UTF16, v1::OFFSET_UNIT_CODE_POINT}) {
      v1::AnnotateOptions options;
      options.set_offset_unit(unit);
      options.set_include_text(true);
      v1::AnnotateRequest request;
      request.mutable_document()->set_text(text);
      request.mutable_document()->set_language_code("id");
      *request.mutable_options() = options;
      ASSERT_TRUE(is_ok(call(request)));
      const v1::AnnotateResponse& response = response_;
      const auto units = units_of(text, unit);
      EXPECT_EQ(response.text_length(), units.size()) << text;
      std::vector<v1::Span> spans;
      collect_spans(response, spans);
      EXPECT_FALSE(spans.empty()) << text;
      for (const auto& span : spans) {
        ASSERT_LE(span.begin(), span.end());
        ASSERT_LE(span.end(), response.text_length());
        EXPECT_EQ(slice(units, span.begin(), span.end()), span.text());
      }
    }
  }
}

TEST_F(AnnotateCallTest, GivesTheSameBytesForTheSameRequest) {
  const std::string first = answer(kArticle).SerializeAsString();
  answer("“Teks lain,” kata Budi Santoso.");
  EXPECT_EQ(answer(kArticle).SerializeAsString(), first);
}

TEST_F(AnnotateCallTest, AnswersBytesAsItAnswersAString) {
  v1::AnnotateRequest request;
  request.mutable_document()->set_utf8(kArticle);
  ASSERT_TRUE(is_ok(call(request)));
  const std::string of_bytes = response_.SerializeAsString();
  EXPECT_EQ(answer(kArticle).SerializeAsString(), of_bytes);
}

TEST_F(AnnotateCallTest, AnswersOnlyTheKindsAskedFor) {
  v1::AnnotateOptions options;
  options.add_kinds(v1::ANNOTATION_KIND_ORGANIZATION);
  auto response = answer(kArticle, options);
  EXPECT_EQ(response.organizations_size(), 2);
  EXPECT_THAT(response.quotes(), IsEmpty());
  EXPECT_THAT(response.speakers(), IsEmpty());
  EXPECT_THAT(response.persons(), IsEmpty());
  EXPECT_THAT(response.labels(), IsEmpty());
  EXPECT_EQ(response.rules_size(), 1);

  options.clear_kinds();
  options.add_kinds(v1::ANNOTATION_KIND_QUOTE);
  response = answer(kArticle, options);
  EXPECT_EQ(response.quotes_size(), 2);
  EXPECT_EQ(response.speakers_size(), 2);
  EXPECT_FALSE(response.speakers(0).has_person_index()) << "persons are not in this answer";
}

TEST_F(AnnotateCallTest, LeavesOutWhatIsLessSureThanAsked) {
  v1::AnnotateOptions options;
  options.set_min_confidence(0.8F);
  const auto response = answer(kArticle, options);
  ASSERT_EQ(response.quotes_size(), 1);
  EXPECT_EQ(response.quotes(0).form(), v1::QUOTE_FORM_DIRECT);
  for (const auto& speaker : response.speakers()) EXPECT_EQ(speaker.name(), "Rini Wulandari");
  EXPECT_EQ(response.persons_size(), 2) << "persons have no confidence and stay";
}

TEST_F(AnnotateCallTest, CutsAtTheLimitAndSaysSo) {
  v1::AnnotateOptions options;
  options.set_max_annotations(2);
  const auto response = answer(kArticle, options);
  EXPECT_TRUE(response.truncated());
  ASSERT_GE(response.warnings_size(), 1);
  EXPECT_EQ(response.warnings(0).kind(), v1::WARNING_KIND_ANNOTATION_LIMIT);
}

TEST_F(AnnotateCallTest, WarnsOfAnUnclosedQuoteMarkAtItsPlace) {
  v1::AnnotateOptions options;
  options.set_include_text(true);
  const auto response = answer("Rini berkata “kapal siap berlayar.\n\nJalan ditutup.", options);
  ASSERT_EQ(response.warnings_size(), 1);
  EXPECT_EQ(response.warnings(0).kind(), v1::WARNING_KIND_UNCLOSED_QUOTE_MARK);
  EXPECT_EQ(response.warnings(0).span().text(), "“");
}

TEST_F(AnnotateCallTest, TakesTheLanguageOfTheCallerOrOfThePlugins) {
  v1::AnnotateRequest request;
  request.mutable_document()->set_text("“Ready,” said Rini.");
  request.mutable_document()->set_language_code("en-GB");
  ASSERT_TRUE(is_ok(call(request)));
  EXPECT_EQ(response_.language_code(), "en");
  EXPECT_FALSE(response_.language_detected());
  EXPECT_EQ(response_.quotes_size(), 1);

  request.mutable_document()->clear_language_code();
  request.mutable_options()->add_plugins("tiny");
  ASSERT_TRUE(is_ok(call(request)));
  EXPECT_EQ(response_.language_code(), "en");
  EXPECT_EQ(response_.quotes_size(), 1);
}

TEST_F(AnnotateCallTest, AnswersWithThePinnedRuleset) {
  v1::AnnotateOptions options;
  options.set_ruleset_digest(sample_rules()->digest());
  EXPECT_EQ(answer(kArticle, options).quotes_size(), 2);
}

struct BadRequest {
  const char* name;
  std::function<void(v1::AnnotateRequest&)> spoil;
  google::rpc::Code code;
  const char* reason;
  const char* field;
  std::map<std::string, std::string> metadata;
};

const BadRequest kBadRequests[] = {
    {"NoDocument",
     [](auto& r) { r.clear_document(); },
     google::rpc::INVALID_ARGUMENT,
     "DOCUMENT_REQUIRED",
     "document",
     {}},
    {"NoSource",
     [](auto& r) { r.mutable_document()->clear_source(); },
     google::rpc::INVALID_ARGUMENT,
     "DOCUMENT_REQUIRED",
     "document",
     {}},
    {"LoneContinuationByte",
     [](auto& r) { r.mutable_document()->set_utf8("kata \x80"); },
     google::rpc::INVALID_ARGUMENT,
     "TEXT_NOT_UTF8",
     "document.utf8",
     {{"byte_offset", "5"}}},
    {"OverlongForm",
     [](auto& r) { r.mutable_document()->set_utf8("\xC0\xAF"); },
     google::rpc::INVALID_ARGUMENT,
     "TEXT_NOT_UTF8",
     "document.utf8",
     {{"byte_offset", "0"}}},
    {"Surrogate",
     [](auto& r) { r.mutable_document()->set_utf8("a\xED\xA0\x80"); },
     google::rpc::INVALID_ARGUMENT,
     "TEXT_NOT_UTF8",
     "document.utf8",
     {{"byte_offset", "1"}}},
    {"TruncatedSequence",
     [](auto& r) { r.mutable_document()->set_utf8("ab\xE2\x80"); },
     google::rpc::INVALID_ARGUMENT,
     "TEXT_NOT_UTF8",
     "document.utf8",
     {{"byte_offset", "2"}}},
    {"TextOverTheLimit",
     [](auto& r) { r.mutable_document()->set_text(std::string((1 << 20) + 1, 'a')); },
     google::rpc::INVALID_ARGUMENT,
     "TEXT_TOO_LARGE",
     "document",
     {{"size_bytes", "1048577"}, {"limit_bytes", "1048576"}}},
    {"UnknownUnit",
     [](auto& r) { r.mutable_options()->set_offset_unit(static_cast<v1::OffsetUnit>(99)); },
     google::rpc::INVALID_ARGUMENT,
     "OPTION_UNSUPPORTED",
     "options.offset_unit",
     {{"option", "offset_unit"}}},
    {"UnknownKind",
     [](auto& r) { r.mutable_options()->add_kinds(static_cast<v1::AnnotationKind>(99)); },
     google::rpc::INVALID_ARGUMENT,
     "OPTION_UNSUPPORTED",
     "options.kinds",
     {{"option", "kinds"}}},
    {"KindUnspecified",
     [](auto& r) { r.mutable_options()->add_kinds(v1::ANNOTATION_KIND_UNSPECIFIED); },
     google::rpc::INVALID_ARGUMENT,
     "OPTION_UNSUPPORTED",
     "options.kinds",
     {{"option", "kinds"}}},
    {"ConfidenceOverOne",
     [](auto& r) { r.mutable_options()->set_min_confidence(1.5F); },
     google::rpc::INVALID_ARGUMENT,
     "OPTION_UNSUPPORTED",
     "options.min_confidence",
     {{"option", "min_confidence"}}},
    {"ConfidenceNotANumber",
     [](auto& r) { r.mutable_options()->set_min_confidence(std::nanf("")); },
     google::rpc::INVALID_ARGUMENT,
     "OPTION_UNSUPPORTED",
     "options.min_confidence",
     {{"option", "min_confidence"}}},
    {"UnknownPlugin",
     [](auto& r) { r.mutable_options()->add_plugins("mini"), r.mutable_options()->add_plugins("x\n"); },
     google::rpc::INVALID_ARGUMENT,
     "PLUGIN_UNKNOWN",
     "options.plugins[1]",
     {{"plugin", "x\\x0A"}}},
    {"PluginOfAnotherLanguage",
     [](auto& r) { r.mutable_options()->add_plugins("tiny"), r.mutable_document()->set_language_code("id"); },
     google::rpc::INVALID_ARGUMENT,
     "PLUGIN_OTHER_LANGUAGE",
     "options.plugins",
     {{"language_code", "id"}}},
    {"UnsupportedLanguage",
     [](auto& r) { r.mutable_document()->set_language_code("fr"); },
     google::rpc::INVALID_ARGUMENT,
     "LANGUAGE_UNSUPPORTED",
     "document.language_code",
     {{"language_code", "fr"}}},
    {"OtherRuleset",
     [](auto& r) { r.mutable_options()->set_ruleset_digest("0123"); },
     google::rpc::FAILED_PRECONDITION,
     "RULESET_NOT_LOADED",
     "",
     {{"requested", "0123"}}},
};

class BadRequestTest : public AnnotateCallTest, public testing::WithParamInterface<BadRequest> {};

TEST_P(BadRequestTest, GetsItsStatusReasonFieldAndMetadata) {
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(kArticle);
  GetParam().spoil(request);
  const google::rpc::Status status = call(request);
  EXPECT_EQ(status.code(), GetParam().code);
  EXPECT_NE(status.message(), "");
  const ErrorDetails details = details_of(status);
  EXPECT_EQ(details.reason, GetParam().reason);
  EXPECT_EQ(details.domain, "kutip.dev");
  EXPECT_EQ(details.field, GetParam().field);
  for (const auto& entry : GetParam().metadata) EXPECT_THAT(details.metadata, testing::Contains(entry));
}

INSTANTIATE_TEST_SUITE_P(Rows, BadRequestTest, testing::ValuesIn(kBadRequests),
                         [](const auto& row) { return row.param.name; });

TEST_F(AnnotateCallTest, AnswersUnavailableBeforeRulesAreLoaded) {
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(kArticle);
  const auto status = annotate(nullptr, request, limits_, {}, memory_, response_);
  EXPECT_EQ(status.code(), google::rpc::UNAVAILABLE);
  EXPECT_EQ(details_of(status).reason, "RULES_NOT_LOADED");
}

TEST_F(AnnotateCallTest, StopsWhenTheCallerHasGoneOrTheDeadlineHasPassed) {
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(kArticle);
  for (const auto code : {google::rpc::CANCELLED, google::rpc::DEADLINE_EXCEEDED}) {
    const auto status = call(request, [code] { return code; });
    EXPECT_EQ(status.code(), code);
    EXPECT_EQ(details_of(status).reason, google::rpc::Code_Name(code));
  }
}

TEST_F(AnnotateCallTest, StopsInTheMiddleOfALongText) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "Kapal siap berlayar ke pulau. ";
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(text);
  int asked = 0;
  const auto status = call(request, [&] { return ++asked < 3 ? google::rpc::OK : google::rpc::CANCELLED; });
  EXPECT_EQ(status.code(), google::rpc::CANCELLED);
  EXPECT_EQ(asked, 3);
}

TEST_F(AnnotateCallTest, FailsOnlyTheBadTextsOfABatch) {
  v1::BatchAnnotateRequest request;
  request.add_documents()->set_text(kArticle);
  request.add_documents()->set_utf8("\xFF");
  request.add_documents();
  request.add_documents()->set_text("“Kapal siap,” ujar Budi Santoso di DKT.");
  v1::BatchAnnotateResponse response;
  ASSERT_TRUE(is_ok(batch_annotate(active_.get(), request, limits_, {}, on_this_thread(memory_), response)));
  ASSERT_EQ(response.results_size(), 4);
  EXPECT_EQ(response.results(0).response().SerializeAsString(), answer(kArticle).SerializeAsString());
  EXPECT_EQ(details_of(response.results(1).error()).reason, "TEXT_NOT_UTF8");
  EXPECT_EQ(details_of(response.results(2).error()).reason, "DOCUMENT_REQUIRED");
  EXPECT_EQ(response.results(3).response().speakers(0).name(), "Budi Santoso");
  EXPECT_EQ(response.ruleset().digest(), sample_rules()->digest());
}

TEST_F(AnnotateCallTest, RefusesABatchOfTheWrongSizeOrWithBadOptions) {
  v1::BatchAnnotateRequest request;
  v1::BatchAnnotateResponse response;
  auto status = batch_annotate(active_.get(), request, limits_, {}, on_this_thread(memory_), response);
  EXPECT_EQ(status.code(), google::rpc::INVALID_ARGUMENT);
  EXPECT_EQ(details_of(status).reason, "BATCH_SIZE");

  for (std::uint32_t i = 0; i <= limits_.max_batch_documents; ++i) request.add_documents()->set_text("a");
  status = batch_annotate(active_.get(), request, limits_, {}, on_this_thread(memory_), response);
  EXPECT_EQ(details_of(status).reason, "BATCH_SIZE");
  EXPECT_THAT(details_of(status).metadata, testing::Contains(testing::Pair("limit", "256")));

  request.clear_documents();
  request.add_documents()->set_text("a");
  request.mutable_options()->add_plugins("none");
  status = batch_annotate(active_.get(), request, limits_, {}, on_this_thread(memory_), response);
  EXPECT_EQ(details_of(status).reason, "PLUGIN_UNKNOWN");
}

TEST(Quotable, ShortensBetweenCodePointsAndEscapesControls) {
  EXPECT_EQ(quotable("id"), "id");
  EXPECT_EQ(quotable("a\x1b[31m\n"), "a\\x1B[31m\\x0A");
  EXPECT_EQ(quotable(std::string(63, 'a') + "é" + "b"), std::string(63, 'a') + "...");
  EXPECT_EQ(quotable(std::string(64, 'a')), std::string(64, 'a'));
}

TEST(RulesHolder, CountsGenerationsAndKeepsOldOnesAliveForTheirCalls) {
  RulesHolder holder;
  EXPECT_EQ(holder.current(), nullptr);
  const auto first = holder.activate(sample_rules());
  const auto second = holder.activate(sample_rules());
  EXPECT_EQ(first->generation, 1U);
  EXPECT_EQ(second->generation, 2U);
  EXPECT_EQ(holder.current(), second);
  EXPECT_EQ(first->rules, sample_rules());
}

}  // namespace
}  // namespace kutip::service
