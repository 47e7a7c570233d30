#include <grpcpp/grpcpp.h>

#include <chrono>

#include "kutip/v1/annotation_service.grpc.pb.h"
#include "service/cli/annotator.h"
#include "service/cli/grpc_status.h"
#include "service/quiet_libraries.h"

namespace kutip::cli {
namespace {

constexpr std::chrono::seconds kConnectTime{5};
constexpr std::chrono::seconds kCallTime{60};

class RemoteAnnotator final : public Annotator {
 public:
  explicit RemoteAnnotator(const std::string& address) : address_(address) {
    service::quiet_libraries();
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    channel_ = grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
    stub_ = v1::AnnotationService::NewStub(channel_);
  }

  google::rpc::Status annotate(const v1::AnnotateRequest& request, v1::AnnotateResponse& response) override {
    const auto now = std::chrono::system_clock::now();
    if (!connected_ && !channel_->WaitForConnected(now + kConnectTime))
      return from_grpc({grpc::StatusCode::UNAVAILABLE, "no server answers at " + address_});
    connected_ = true;
    grpc::ClientContext context;
    context.set_deadline(now + kCallTime);
    return from_grpc(stub_->Annotate(&context, request, &response));
  }

 private:
  std::string address_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AnnotationService::Stub> stub_;
  bool connected_ = false;
};

}  // namespace

std::unique_ptr<Annotator> make_remote_annotator(const std::string& address) {
  return std::make_unique<RemoteAnnotator>(address);
}

}  // namespace kutip::cli
