// The server over a loopback port, as a client sees it.
#include "service/server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>

#include "error_details.h"
#include "kutip/v1/annotation_service.grpc.pb.h"
#include "kutip/v1/rule_service.grpc.pb.h"
#include "sample_rules.h"
#include "spans_of.h"

namespace kutip::service {
namespace {

constexpr const char* kArticle = "“Kapal siap berlayar,” kata Rini Wulandari. Festival Laut akan dibuka.";

ErrorDetails details_of(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  EXPECT_EQ(rich.code(), static_cast<int>(status.error_code()));
  return service::details_of(rich);
}

grpc::ByteBuffer to_buffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// A server without rules, until activate().
class ServerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto started = Server::start({.listen = "127.0.0.1:0", .limits = {}}, rules_);
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Server>>(started)) << std::get<StartError>(started).message;
    server_ = std::move(std::get<std::unique_ptr<Server>>(started));
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    annotation_ = v1::AnnotationService::NewStub(channel_);
    rule_ = v1::RuleService::NewStub(channel_);
  }

  void activate() {
    ASSERT_NE(sample_rules(), nullptr);
    rules_.activate(sample_rules());
    server_->update_health();
  }

  grpc::Status annotate(const v1::AnnotateRequest& request, v1::AnnotateResponse& response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    return annotation_->Annotate(&context, request, &response);
  }

  grpc::Status annotate_text(const std::string& text, v1::AnnotateResponse& response) {
    v1::AnnotateRequest request;
    request.mutable_document()->set_text(text);
    return annotate(request, response);
  }

  // Sends any bytes as a request; the response's bytes go to `out`.
  grpc::Status call_raw(const std::string& method, const std::string& bytes, std::string* out = nullptr) {
    grpc::GenericStub stub(channel_);
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareUnaryCall(&context, method, to_buffer(bytes), &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, this);
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    if (out != nullptr && status.ok()) {
      grpc::Slice slice;
      EXPECT_TRUE(response.DumpToSingleSlice(&slice).ok());
      out->assign(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    return status;
  }

  RulesHolder rules_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AnnotationService::Stub> annotation_;
  std::unique_ptr<v1::RuleService::Stub> rule_;
};

TEST_F(ServerTest, AnnotatesOverTheWire) {
  activate();
  v1::AnnotateResponse response;
  ASSERT_TRUE(annotate_text(kArticle, response).ok());
  ASSERT_EQ(response.quotes_size(), 1);
  EXPECT_EQ(response.quotes(0).attribution().speaker_name(), "Rini Wulandari");
  EXPECT_EQ(response.labels(0).type(), "EVENT");
}

TEST_F(ServerTest, AnnotatesInTheSameProcess) {
  activate();
  const auto stub = v1::AnnotationService::NewStub(server_->in_process_channel());
  grpc::ClientContext context;
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(kArticle);
  v1::AnnotateResponse response;
  ASSERT_TRUE(stub->Annotate(&context, request, &response).ok());
  EXPECT_EQ(response.quotes_size(), 1);
}

TEST_F(ServerTest, GivesTheSameBytesTwice) {
  activate();
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(kArticle);
  std::string first, second;
  ASSERT_TRUE(call_raw("/kutip.v1.AnnotationService/Annotate", request.SerializeAsString(), &first).ok());
  ASSERT_TRUE(call_raw("/kutip.v1.AnnotationService/Annotate", request.SerializeAsString(), &second).ok());
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(first, second);
}

TEST_F(ServerTest, AnswersMalformedBytesWithAReasonOnEveryMethod) {
  activate();
  for (const char* method : {"/kutip.v1.AnnotationService/Annotate", "/kutip.v1.AnnotationService/BatchAnnotate",
                             "/kutip.v1.AnnotationService/GetServerInfo", "/kutip.v1.RuleService/ListPlugins",
                             "/kutip.v1.RuleService/GetRulesetStatus"}) {
    for (const std::string& bytes : {std::string("\x0A"), std::string("\xFF\xFF\xFF\xFF"),
                                     std::string("\x0A\x7F"
                                                 "abc")}) {
      const grpc::Status status = call_raw(method, bytes);
      EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << method;
      EXPECT_EQ(details_of(status).reason, "MALFORMED_REQUEST") << method;
    }
  }
}

TEST_F(ServerTest, AnswersAnIllFormedStringFieldWithMalformedRequest) {
  activate();
  // AnnotateRequest{document{text: "\xC3("}} written by hand, for stubs refuse to.
  const grpc::Status status = call_raw("/kutip.v1.AnnotationService/Annotate", "\x0A\x04\x12\x02\xC3(");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(details_of(status).reason, "MALFORMED_REQUEST");
}

TEST_F(ServerTest, IgnoresUnknownFields) {
  activate();
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(kArticle);
  std::string with_unknown = request.SerializeAsString() + std::string("\xFA\x3E\x03", 3) + "abc";  // field 1007
  std::string known, unknown;
  ASSERT_TRUE(call_raw("/kutip.v1.AnnotationService/Annotate", request.SerializeAsString(), &known).ok());
  ASSERT_TRUE(call_raw("/kutip.v1.AnnotationService/Annotate", with_unknown, &unknown).ok());
  EXPECT_EQ(known, unknown);
}

TEST_F(ServerTest, AnswersATextThatIsTooLargeWithItsOwnErrorBelowTheMessageLimit) {
  activate();
  v1::AnnotateResponse response;
  const grpc::Status status = annotate_text(std::string(3 << 20, 'a'), response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const ErrorDetails details = details_of(status);
  EXPECT_EQ(details.reason, "TEXT_TOO_LARGE");
  EXPECT_EQ(details.metadata.at("limit_bytes"), "1048576");
}

TEST_F(ServerTest, LeavesAMessageOverTheLimitToGrpc) {
  activate();
  v1::AnnotateResponse response;
  EXPECT_EQ(annotate_text(std::string(5 << 20, 'a'), response).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ServerTest, RefusesCompressedMessages) {
  activate();
  grpc::ClientContext context;
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(std::string(100'000, 'a'));
  v1::AnnotateResponse response;
  EXPECT_EQ(annotation_->Annotate(&context, request, &response).error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerTest, AnswersHugeUniformTextsWithoutLosingItself) {
  activate();
  constexpr std::size_t kSize = 1 << 20;
  std::string curly, nested;
  while (curly.size() + 3 <= kSize) curly += "“";
  for (int i = 0; i < 10'000; ++i) nested += "“kata ‘";
  for (const std::string& text : {std::string(kSize, '"'), curly, nested, std::string(kSize, 'a'),
                                  std::string(kSize, '\n'), std::string(kSize, '\0')}) {
    v1::AnnotateResponse response;
    const grpc::Status status = annotate_text(text, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  v1::AnnotateResponse response;
  EXPECT_TRUE(annotate_text(kArticle, response).ok());
}

TEST_F(ServerTest, AnswersUnknownMethodsWithUnimplemented) {
  EXPECT_EQ(call_raw("/kutip.v1.AnnotationService/Nothing", "").error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(call_raw("/kutip.v2.AnnotationService/Annotate", "").error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerTest, SurvivesPeersThatDoNotSpeakGrpc) {
  activate();
  const std::string address = server_->address();
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  peer.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  for (const std::string& bytes : {std::string("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), std::string(1000, '\xFF')}) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(connect(fd, reinterpret_cast<const sockaddr*>(&peer), sizeof peer), 0);
    EXPECT_EQ(send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    char block[1024];
    while (recv(fd, block, sizeof block, 0) > 0) {  // until the server closes
    }
    close(fd);
  }
  v1::AnnotateResponse response;
  EXPECT_TRUE(annotate_text(kArticle, response).ok());
}

TEST_F(ServerTest, SaysThatCallsOfLaterVersionsAreNotImplemented) {
  activate();
  for (const std::string method : {"CheckRules", "ReloadRules", "RollbackRules", "Explain"}) {
    const grpc::Status status = call_raw("/kutip.v1.RuleService/" + method, "");
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED) << method;
    EXPECT_EQ(details_of(status).reason, "NOT_IMPLEMENTED") << method;
    EXPECT_EQ(details_of(status).metadata.at("method"), method);
  }
  grpc::ClientContext context;
  const auto reader = rule_->WatchRuleset(&context, {});
  v1::WatchRulesetResponse response;
  EXPECT_FALSE(reader->Read(&response));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(details_of(status).reason, "NOT_IMPLEMENTED");
}

TEST_F(ServerTest, AnswersABatchWithAnErrorForTheBadTextOnly) {
  activate();
  v1::BatchAnnotateRequest request;
  request.add_documents()->set_text(kArticle);
  request.add_documents()->set_utf8("\xFF");
  grpc::ClientContext context;
  v1::BatchAnnotateResponse response;
  ASSERT_TRUE(annotation_->BatchAnnotate(&context, request, &response).ok());
  ASSERT_EQ(response.results_size(), 2);
  EXPECT_EQ(response.results(0).response().quotes_size(), 1);
  EXPECT_EQ(service::details_of(response.results(1).error()).reason, "TEXT_NOT_UTF8");
}

TEST_F(ServerTest, AnswersALargeBatchAsItDoesSingleTexts) {
  activate();
  v1::BatchAnnotateRequest request;
  for (int i = 0; i < 64; ++i) request.add_documents()->set_text("Nomor " + std::to_string(i) + ". " + kArticle);
  v1::BatchAnnotateResponse response;
  grpc::ClientContext context;
  ASSERT_TRUE(annotation_->BatchAnnotate(&context, request, &response).ok());
  ASSERT_EQ(response.results_size(), 64);
  for (int i = 0; i < 64; ++i) {
    v1::AnnotateResponse alone;
    ASSERT_TRUE(annotate_text(request.documents(i).text(), alone).ok());
    EXPECT_EQ(response.results(i).response().SerializeAsString(), alone.SerializeAsString());
  }
}

TEST_F(ServerTest, CountsTheTextsOfEachRuleIfItIsAskedTo) {
  EXPECT_THAT(server_->metrics(), testing::Not(testing::HasSubstr("kutip_rule_texts_total")));
  ServerOptions options;
  options.listen = "";
  options.rule_metrics = true;
  auto started = Server::start(options, rules_);
  server_ = std::move(std::get<std::unique_ptr<Server>>(started));
  annotation_ = v1::AnnotationService::NewStub(server_->in_process_channel());
  activate();
  v1::AnnotateResponse response;
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(annotate_text(kArticle, response).ok());
  ASSERT_FALSE(response.rules().empty());
  const v1::RuleRef& rule = response.rules(0);
  EXPECT_THAT(server_->metrics(), testing::HasSubstr("kutip_rule_texts_total{plugin=\"" + rule.plugin() + "\",rule=\"" +
                                                     rule.rule_id() + "\"} 2\n"));
}

TEST_F(ServerTest, AnswersAStreamInOrderWithAnErrorForTheBadTextOnly) {
  activate();
  grpc::ClientContext context;
  const auto stream = annotation_->AnnotateStream(&context);
  constexpr int kTexts = 50;
  std::thread writer([&] {
    for (int i = 0; i < kTexts; ++i) {
      v1::AnnotateStreamRequest request;
      request.set_request_id(std::to_string(i));
      if (i % 10 == 3) {
        request.mutable_document()->set_utf8("\xFF");
      } else {
        request.mutable_document()->set_text(kArticle);
      }
      if (i == 0) request.mutable_options()->set_offset_unit(v1::OFFSET_UNIT_UTF16);
      stream->Write(request);
    }
    stream->WritesDone();
  });
  v1::AnnotateStreamResponse response;
  int read = 0;
  for (; stream->Read(&response); ++read) {
    EXPECT_EQ(response.request_id(), std::to_string(read));
    if (read % 10 == 3) {
      EXPECT_EQ(service::details_of(response.result().error()).reason, "TEXT_NOT_UTF8");
    } else {
      EXPECT_EQ(response.result().response().quotes_size(), 1);
      EXPECT_EQ(response.result().response().offset_unit(), v1::OFFSET_UNIT_UTF16) << "options hold on";
    }
  }
  writer.join();
  EXPECT_EQ(read, kTexts);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ServerTest, TellsWhatItIsAndCanDo) {
  activate();
  grpc::ClientContext context;
  v1::GetServerInfoResponse info;
  ASSERT_TRUE(annotation_->GetServerInfo(&context, {}, &info).ok());
  EXPECT_THAT(info.version(), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  EXPECT_EQ(info.ruleset().digest(), sample_rules()->digest());
  EXPECT_EQ(info.limits().max_text_bytes(), 1U << 20);
  EXPECT_EQ(info.offset_units_size(), 3);
  EXPECT_EQ(info.kinds_size(), 4);
  ASSERT_EQ(info.languages_size(), 2);
  for (const auto& language : info.languages()) {
    if (language.language_code() != "id") continue;
    EXPECT_THAT(language.plugins(), testing::ElementsAre("mini"));
    EXPECT_THAT(language.label_types(), testing::ElementsAre("EVENT"));
  }
}

TEST_F(ServerTest, ListsPluginsAndTheirRules) {
  activate();
  grpc::ClientContext context;
  v1::ListPluginsRequest request;
  request.set_language_code("id");
  request.set_include_rules(true);
  v1::ListPluginsResponse response;
  ASSERT_TRUE(rule_->ListPlugins(&context, request, &response).ok());
  ASSERT_EQ(response.plugins_size(), 1);
  const v1::Plugin& plugin = response.plugins(0);
  EXPECT_EQ(plugin.name(), "mini");
  EXPECT_EQ(plugin.version(), "1.2.0");
  EXPECT_EQ(plugin.rule_count(), 6U);
  ASSERT_EQ(plugin.rules_size(), 6);
  std::vector<std::string> ids;
  for (const auto& rule : plugin.rules()) ids.push_back(rule.rule_id() + " " + rule.phase());
  EXPECT_THAT(ids, testing::Contains("direct.cue_speaker quotes"));
}

TEST_F(ServerTest, ListsAllPluginsByName) {
  activate();
  grpc::ClientContext context;
  v1::ListPluginsResponse response;
  ASSERT_TRUE(rule_->ListPlugins(&context, {}, &response).ok());
  ASSERT_EQ(response.plugins_size(), 2);
  EXPECT_EQ(response.plugins(0).name(), "mini");
  EXPECT_EQ(response.plugins(1).name(), "tiny");
  EXPECT_EQ(response.plugins(0).rules_size(), 0);
}

TEST_F(ServerTest, TellsTheStateOfItsRules) {
  {
    grpc::ClientContext context;
    v1::GetRulesetStatusResponse response;
    ASSERT_TRUE(rule_->GetRulesetStatus(&context, {}, &response).ok());
    EXPECT_EQ(response.status().state(), v1::RULESET_STATE_NOT_LOADED);
    EXPECT_FALSE(response.status().has_active());
  }
  activate();
  grpc::ClientContext context;
  v1::GetRulesetStatusResponse response;
  ASSERT_TRUE(rule_->GetRulesetStatus(&context, {}, &response).ok());
  EXPECT_EQ(response.status().state(), v1::RULESET_STATE_ACTIVE);
  EXPECT_EQ(response.status().active().digest(), sample_rules()->digest());
  EXPECT_GT(response.status().active_since().seconds(), 1'700'000'000);
}

TEST_F(ServerTest, AnswersUnavailableBeforeRulesAreLoaded) {
  v1::AnnotateResponse response;
  const grpc::Status status = annotate_text(kArticle, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(details_of(status).reason, "RULES_NOT_LOADED");
}

// grpc.health.v1 by hand, for Debian has no stubs of it: HealthCheckRequest{service}, HealthCheckResponse{status}.
std::string health_request(const std::string& service) {
  return service.empty() ? "" : std::string("\x0A") + static_cast<char>(service.size()) + service;
}
const std::string kServing("\x08\x01");
const std::string kNotServing("\x08\x02");

TEST_F(ServerTest, IsHealthyWhenRulesAreLoadedAndNotBefore) {
  const std::string check = "/grpc.health.v1.Health/Check";
  std::string health;
  ASSERT_TRUE(call_raw(check, health_request("kutip.v1.AnnotationService"), &health).ok());
  EXPECT_EQ(health, kNotServing);
  ASSERT_TRUE(call_raw(check, health_request("kutip.v1.RuleService"), &health).ok());
  EXPECT_EQ(health, kServing);
  activate();
  for (const char* service : {"", "kutip.v1.AnnotationService", "kutip.v1.RuleService"}) {
    ASSERT_TRUE(call_raw(check, health_request(service), &health).ok());
    EXPECT_EQ(health, kServing) << service;
  }
  EXPECT_EQ(call_raw(check, health_request("kutip.v1.Nothing")).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(ServerTest, ListsItsServicesByReflection) {
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto stream =
      stub.PrepareCall(&context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
  const auto wait = [&] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  stream->StartCall(this);
  ASSERT_TRUE(wait());
  stream->Write(to_buffer(std::string("\x3A\x00", 2)), this);  // list_services: ""
  ASSERT_TRUE(wait());
  grpc::ByteBuffer response;
  stream->Read(&response, this);
  ASSERT_TRUE(wait());
  grpc::Slice slice;
  ASSERT_TRUE(response.DumpToSingleSlice(&slice).ok());
  const std::string bytes(reinterpret_cast<const char*>(slice.begin()), slice.size());
  for (const char* service : {"kutip.v1.AnnotationService", "kutip.v1.RuleService", "grpc.health.v1.Health"})
    EXPECT_THAT(bytes, testing::HasSubstr(service));
  context.TryCancel();
  grpc::Status status;
  stream->Finish(&status, this);
  wait();
}

TEST_F(ServerTest, RefusesAnAddressThatIsTaken) {
  const auto second = Server::start({.listen = server_->address(), .limits = {}}, rules_);
  ASSERT_TRUE(std::holds_alternative<StartError>(second));
  EXPECT_THAT(std::get<StartError>(second).message, testing::HasSubstr(server_->address()));
}

TEST_F(ServerTest, RefusesAnAddressThatIsNone) {
  EXPECT_TRUE(
      std::holds_alternative<StartError>(Server::start({.listen = "no such host at all:1", .limits = {}}, rules_)));
}

TEST_F(ServerTest, ListensOnAUnixSocket) {
  const auto path = std::filesystem::temp_directory_path() / ("kutip-test-" + std::to_string(getpid()) + ".sock");
  auto started = Server::start({.listen = "unix:" + path.string(), .limits = {}}, rules_);
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Server>>(started));
  EXPECT_EQ(std::get<0>(started)->address(), "unix:" + path.string());
  activate();
  const auto channel = grpc::CreateChannel("unix:" + path.string(), grpc::InsecureChannelCredentials());
  grpc::ClientContext context;
  v1::GetServerInfoResponse info;
  EXPECT_TRUE(v1::AnnotationService::NewStub(channel)->GetServerInfo(&context, {}, &info).ok());
  std::filesystem::remove(path);
}

TEST_F(ServerTest, EndsACallWhoseDeadlineHasPassed) {
  activate();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() - std::chrono::seconds(1));
  v1::AnnotateRequest request;
  request.mutable_document()->set_text(kArticle);
  v1::AnnotateResponse response;
  EXPECT_EQ(annotation_->Annotate(&context, request, &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(ServerTest, TakesNoCallsAfterDraining) {
  activate();
  server_->drain(std::chrono::seconds(5));
  v1::AnnotateResponse response;
  EXPECT_EQ(annotate_text(kArticle, response).error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace kutip::service
