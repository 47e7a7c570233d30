// Rows 1 to 19: what a request may hold.
#include "faults/fault_server.h"
#include "loading/load.h"

namespace kutip::service {
namespace {

class RequestFaults : public FaultTest {};

TEST_F(RequestFaults, Row01EmptyText) {
  v1::AnnotateResponse response;
  EXPECT_TRUE(annotate(request_of(""), response).ok());
  EXPECT_EQ(response.quotes_size() + response.persons_size() + response.organizations_size(), 0);
}

TEST_F(RequestFaults, Row02NoDocumentOrSource) {
  EXPECT_FAILURE(fail({}), Code::INVALID_ARGUMENT, "DOCUMENT_REQUIRED");
  v1::AnnotateRequest request;
  request.mutable_document()->set_language_code("id");
  EXPECT_FAILURE(fail(request), Code::INVALID_ARGUMENT, "DOCUMENT_REQUIRED");
}

TEST_F(RequestFaults, Row03IllFormedBytes) {
  const std::pair<const char*, const char*> cases[] = {
      {"ab\xFF", "2"}, {"\xC0\xAF", "0"}, {"a\xED\xA0\x80", "1"}, {"abc\xE2\x80", "3"}};
  for (const auto& [text, offset] : cases) {
    const Failure failure = fail(request_of(text));
    EXPECT_FAILURE(failure, Code::INVALID_ARGUMENT, "TEXT_NOT_UTF8");
    EXPECT_EQ(failure.metadata.at("byte_offset"), offset);
  }
}

TEST_F(RequestFaults, Row04IllFormedString) {
  EXPECT_FAILURE(call_raw("\x0A\x04\x12\x02\xC3("), Code::INVALID_ARGUMENT, "MALFORMED_REQUEST");
}

TEST_F(RequestFaults, Row05RandomAndTruncatedBytes) {
  EXPECT_FAILURE(call_raw("\xFF\xFF\xFF\xFF"), Code::INVALID_ARGUMENT, "MALFORMED_REQUEST");
  const std::string whole = request_of(kArticle).SerializeAsString();
  for (std::size_t cut = 1; cut < whole.size(); cut += 7)
    EXPECT_FAILURE(call_raw(whole.substr(0, cut)), Code::INVALID_ARGUMENT, "MALFORMED_REQUEST");
}

TEST_F(RequestFaults, Row06UnknownFields) {
  EXPECT_EQ(call_raw(request_of(kArticle).SerializeAsString() + std::string("\xFA\x3E\x03", 3) + "abc").code, Code::OK);
}

TEST_F(RequestFaults, Row07UnknownEnumNumber) {
  v1::AnnotateRequest request = request_of(kArticle);
  request.mutable_options()->set_offset_unit(static_cast<v1::OffsetUnit>(99));
  EXPECT_FAILURE(fail(request), Code::INVALID_ARGUMENT, "OPTION_UNSUPPORTED");
  request = request_of(kArticle);
  request.mutable_options()->add_kinds(static_cast<v1::AnnotationKind>(99));
  EXPECT_FAILURE(fail(request), Code::INVALID_ARGUMENT, "OPTION_UNSUPPORTED");
}

TEST_F(RequestFaults, Row08TextOverTheLimit) {
  const Failure failure = fail(request_of(std::string((1 << 20) + 1, 'a')));
  EXPECT_FAILURE(failure, Code::INVALID_ARGUMENT, "TEXT_TOO_LARGE");
  EXPECT_EQ(failure.metadata.at("size_bytes"), "1048577");
  EXPECT_EQ(failure.metadata.at("limit_bytes"), "1048576");
}

TEST_F(RequestFaults, Row09MessageOverTheLimit) {
  const Failure failure = fail(request_of(std::string(5 << 20, 'a')));
  EXPECT_EQ(failure.code, Code::RESOURCE_EXHAUSTED);
  EXPECT_FALSE(failure.retry_info) << "a retry would not help";
  EXPECT_TRUE(answers());
}

TEST_F(RequestFaults, Row11GzipBomb) {
  grpc::ClientContext context;
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  v1::AnnotateResponse response;
  const grpc::Status status = stub_->Annotate(&context, request_of(std::string(3 << 20, 'a')), &response);
  EXPECT_EQ(status.error_code(), Code::UNIMPLEMENTED);
  EXPECT_TRUE(answers());
}

TEST_F(RequestFaults, Row14BatchOfNoneOrTooMany) {
  for (const int size : {0, 257}) {
    v1::BatchAnnotateRequest request;
    for (int i = 0; i < size; ++i) request.add_documents()->set_utf8("a");
    EXPECT_FAILURE(call_raw(request.SerializeAsString(), "/kutip.v1.AnnotationService/BatchAnnotate"),
                   Code::INVALID_ARGUMENT, "BATCH_SIZE");
  }
}

TEST_F(RequestFaults, Row15OneBadTextInABatch) {
  v1::BatchAnnotateRequest request;
  for (const char* text : {kArticle, "\xFF", kArticle}) request.add_documents()->set_utf8(text);
  grpc::ClientContext context;
  v1::BatchAnnotateResponse response;
  ASSERT_TRUE(stub_->BatchAnnotate(&context, request, &response).ok());
  ASSERT_EQ(response.results_size(), 3);
  EXPECT_EQ(response.results(0).response().quotes_size(), 1);
  EXPECT_EQ(details_of(response.results(1).error()).reason, "TEXT_NOT_UTF8");
  EXPECT_EQ(response.results(2).response().quotes_size(), 1);
}

// Bytes of a text between two offsets of a unit.
std::string slice(const std::string& text, v1::OffsetUnit unit, std::uint32_t begin, std::uint32_t end) {
  std::string out;
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (at >= begin && at < end) out += text.substr(i, bytes);
    at += unit == v1::OFFSET_UNIT_UTF8                  ? static_cast<std::uint32_t>(bytes)
          : unit == v1::OFFSET_UNIT_UTF16 && bytes == 4 ? 2
                                                        : 1;
    i += bytes;
  }
  return out;
}

TEST_F(RequestFaults, Row16OddCharactersKeepSlicesEqual) {
  for (const std::string& odd :
       {std::string("\0", 1), std::string("\xEF\xBB\xBF"), std::string("\r\n"), std::string("\u202Ea\u202C"),
        std::string("👩‍👩‍👧"), std::string("e\u0301"), std::string("𝔄𐍈")}) {
    for (const auto unit : {v1::OFFSET_UNIT_UTF8, v1::OFFSET_UNIT_UTF16, v1::OFFSET_UNIT_CODE_POINT}) {
      const std::string text = odd + " " + kArticle + odd;
      v1::AnnotateRequest request = request_of(text);
      request.mutable_options()->set_include_text(true);
      request.mutable_options()->set_offset_unit(unit);
      v1::AnnotateResponse response;
      ASSERT_TRUE(annotate(request, response).ok());
      ASSERT_EQ(response.quotes_size(), 1) << odd;
      for (const v1::Span& span : {response.quotes(0).span(), response.quotes(0).cue().span(),
                                   response.persons(0).mentions(0).span(), response.labels(0).span()})
        EXPECT_EQ(slice(text, unit, span.begin(), span.end()), span.text()) << odd << " unit " << unit;
    }
  }
}

TEST_F(RequestFaults, Row17QuotationMarksWithoutEnd) {
  std::string nested, unclosed;
  for (int i = 0; i < 10'000; ++i) {
    nested += "“kata ‘";
    unclosed += "“kata ";
  }
  for (const std::string& text : {std::string(1 << 20, '"'), nested, unclosed}) {
    v1::AnnotateResponse response;
    EXPECT_TRUE(annotate(request_of(text), response).ok());
  }
}

TEST_F(RequestFaults, Row18NoSpaceAndNoLineEnd) {
  v1::AnnotateResponse response;
  EXPECT_TRUE(annotate(request_of(std::string(1 << 20, 'a')), response).ok());
}

// Where a backtracking matcher would try each way to split the words among the repeats.
TEST_F(RequestFaults, Row19CatastrophicPattern) {
  const std::vector<loading::SourceFile> files = {
      {"p/plugin.yaml",
       "schema: kutip.plugin/v1\nplugin: p\nversion: 1.0.0\nengine: \">=0.1 <1\"\nlanguage: id\ntitle: Worst case\n"
       "maintainers: [kutip]\nlicense: Apache-2.0\nneeds: {}\nphases: [labels]\nfiles: [rules.yaml]\n"
       "labels:\n  EVENT: {title: Event}\ntext:\n  function_words: w\n"},
      {"p/rules.yaml",
       "schema: kutip.rules/v1\nplugin: p\nlexicons: {w: {words: [yang]}}\nrules:\n"
       "  - id: worst\n    phase: labels\n    pattern:\n"
       "      - {tok: {lower: mulai}, anchor: true}\n"
       "      - {any: [[{tok: {lower: a}}], [{tok: {lower: a}}, {tok: {lower: a}}], "
       "[{tok: {lower: a}, optional: true}, {tok: {lower: b}}]], min: 1, max: 64, as: all}\n"
       "      - {at: sentence_end}\n"
       "    emit:\n      - {type: EVENT, span: $all}\n"}};
  const loading::LoadResult loaded = loading::load(files);
  for (const auto& diagnostic : loaded.diagnostics) ADD_FAILURE() << loading::format_text(diagnostic, files);
  ASSERT_NE(loaded.rules, nullptr);
  rules_.activate(loaded.rules);
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    text += "Mulai";
    for (int k = 0; k < 60; ++k) text += " a";
    text += " c.\n";
  }
  v1::AnnotateResponse response;
  EXPECT_TRUE(annotate(request_of(text), response).ok());
  rules_.activate(sample_rules());
}

}  // namespace
}  // namespace kutip::service
