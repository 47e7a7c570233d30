// Rows 43 to 46: who may call.
#include <filesystem>
#include <fstream>

#include "faults/fault_server.h"
#include "kutip/v1/rule_service.grpc.pb.h"
#include "support/test_certificate.h"

namespace kutip::service {
namespace {

namespace fs = std::filesystem;

class AccessFaults : public FaultTest {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("kutip-faults-" + std::to_string(getpid()));
    fs::create_directory(folder_);
  }
  void TearDown() override {
    server_.reset();
    fs::remove_all(folder_);
  }

  void write(const support::TestCertificate& pair) const {
    std::ofstream(folder_ / "crt") << pair.certificate;
    std::ofstream(folder_ / "key") << pair.key;
  }

  ServerOptions with_tls() const {
    ServerOptions options;
    options.tls = {folder_ / "crt", folder_ / "key", ""};
    return options;
  }

  // A call over a new connection to a server whose certificate `authority` signed.
  grpc::Status call(const std::string& authority, const support::TestCertificate& own = {}) const {
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("localhost");
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    const auto channel = grpc::CreateCustomChannel(
        server_->address(), grpc::SslCredentials({authority, own.key, own.certificate}), arguments);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    v1::AnnotateResponse response;
    return v1::AnnotationService::NewStub(channel)->Annotate(&context, request_of(kArticle), &response);
  }

  fs::path folder_;
};

TEST_F(AccessFaults, Row43CallsWithoutOrWithTheWrongToken) {
  ServerOptions options;
  auto parsed = access::Tokens::parse("reader 0123456789abcdef0 annotate\neditor fedcba9876543210f read-rules\n");
  options.tokens = std::make_shared<access::Tokens>(std::move(std::get<access::Tokens>(parsed)));
  start(options);
  const auto rules = v1::RuleService::NewStub(channel_);
  const auto annotate_with = [&](const std::string& token) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    v1::AnnotateResponse response;
    return failure_of(stub_->Annotate(&context, request_of(kArticle), &response));
  };
  const auto list_with = [&](const std::string& token) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    v1::ListPluginsResponse response;
    return failure_of(rules->ListPlugins(&context, {}, &response));
  };
  EXPECT_FAILURE(call_raw("\xFF\xFF"), Code::UNAUTHENTICATED, "CREDENTIALS_REQUIRED");  // before parsing
  EXPECT_FAILURE(annotate_with("0123456789abcdef1"), Code::UNAUTHENTICATED, "CREDENTIALS_REQUIRED");
  EXPECT_FAILURE(annotate_with("fedcba9876543210f"), Code::PERMISSION_DENIED, "PERMISSION_DENIED");
  EXPECT_EQ(annotate_with("0123456789abcdef0").code, Code::OK);
  EXPECT_FAILURE(list_with(""), Code::UNAUTHENTICATED, "CREDENTIALS_REQUIRED");
  EXPECT_FAILURE(list_with("0123456789abcdef0"), Code::PERMISSION_DENIED, "PERMISSION_DENIED");
  EXPECT_EQ(list_with("fedcba9876543210f").code, Code::OK);

  grpc::ClientContext context;
  const auto stream = stub_->AnnotateStream(&context);
  v1::AnnotateStreamResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_FAILURE(failure_of(stream->Finish()), Code::UNAUTHENTICATED, "CREDENTIALS_REQUIRED");
}

TEST_F(AccessFaults, Row43RuleServiceHasItsOwnAddress) {
  ServerOptions options;
  options.rules_listen = "127.0.0.1:0";
  start(options);
  grpc::ClientContext here, there;
  v1::ListPluginsResponse response;
  EXPECT_EQ(v1::RuleService::NewStub(channel_)->ListPlugins(&here, {}, &response).error_code(), Code::UNIMPLEMENTED);
  const auto apart = grpc::CreateChannel(server_->rules_address(), grpc::InsecureChannelCredentials());
  EXPECT_TRUE(v1::RuleService::NewStub(apart)->ListPlugins(&there, {}, &response).ok());
}

TEST_F(AccessFaults, Row44NoClientCertificate) {
  const auto pair = support::make_certificate(), client = support::make_certificate();
  write(pair);
  std::ofstream(folder_ / "ca") << client.certificate;
  ServerOptions options = with_tls();
  options.tls.client_ca = folder_ / "ca";
  start(options);
  EXPECT_TRUE(eventually([&] { return call(pair.certificate, client).ok(); }));
  EXPECT_EQ(call(pair.certificate).error_code(), Code::UNAVAILABLE);
  EXPECT_EQ(call(pair.certificate, support::make_certificate()).error_code(), Code::UNAVAILABLE);
}

TEST_F(AccessFaults, Row45And46CertificateChangesAndTheLastGoodOneStays) {
  const auto first = support::make_certificate(), second = support::make_certificate();
  write(first);
  start(with_tls());
  EXPECT_TRUE(eventually([&] { return call(first.certificate).ok(); }));
  write({"garbage", "garbage"});
  std::this_thread::sleep_for(std::chrono::seconds(5));  // both have looked
  EXPECT_TRUE(call(first.certificate).ok());
  write(second);
  EXPECT_TRUE(eventually([&] { return call(second.certificate).ok(); }));
}

}  // namespace
}  // namespace kutip::service
