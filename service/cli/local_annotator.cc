#include <utility>

#include "service/active_rules.h"
#include "service/annotate_call.h"
#include "service/cli/annotator.h"

namespace kutip::cli {
namespace {

// Files on one's own machine may be larger than what a server accepts from strangers.
constexpr std::uint32_t kMaxTextBytes = 256 << 20;

class LocalAnnotator final : public Annotator {
 public:
  explicit LocalAnnotator(std::shared_ptr<const tagging::RuleSet> rules) : active_(holder_.activate(std::move(rules))) {
    limits_.max_text_bytes = kMaxTextBytes;
  }

  google::rpc::Status annotate(const v1::AnnotateRequest& request, v1::AnnotateResponse& response) override {
    return service::annotate(active_.get(), request, limits_, {}, memory_, response);
  }

 private:
  service::RulesHolder holder_;
  std::shared_ptr<const service::ActiveRules> active_;
  service::Limits limits_;
  service::CallMemory memory_;
};

}  // namespace

std::unique_ptr<Annotator> make_local_annotator(std::shared_ptr<const tagging::RuleSet> rules) {
  return std::make_unique<LocalAnnotator>(std::move(rules));
}

}  // namespace kutip::cli
