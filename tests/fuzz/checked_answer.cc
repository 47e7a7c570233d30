#include "fuzz/checked_answer.h"

#include <google/protobuf/stubs/logging.h>

#include <cstdio>
#include <cstdlib>
#include <variant>

#include "google/rpc/error_details.pb.h"
#include "loading/load.h"
#include "service/annotate_call.h"
#include "service/errors.h"
#include "store/rules_folder.h"

namespace kutip::fuzz {
namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

const service::ActiveRules& rules() {
  static const service::ActiveRules active = [] {
    google::protobuf::SetLogHandler(nullptr);  // it tells of every text that is not UTF-8
    const auto read = store::read_rules_folder(KUTIP_SOURCE_DIR "/tests/service/rules");
    const auto loaded = loading::load(std::get<std::vector<loading::SourceFile>>(read));
    require(loaded.rules != nullptr, "the rules load");
    return service::ActiveRules{loaded.rules, 1, {}};
  }();
  return active;
}

google::rpc::Status answer(const v1::AnnotateRequest& request, v1::AnnotateResponse& response) {
  static service::CallMemory memory;
  return service::annotate(
      &rules(), request, {}, [] { return google::rpc::OK; }, memory, response);
}

void check_error(const google::rpc::Status& status) {
  google::rpc::ErrorInfo info;
  require(status.details_size() > 0 && status.details(0).UnpackTo(&info) && !info.reason().empty(),
          "an error has a reason");
}

void check_span(const v1::Span& span, const v1::AnnotateResponse& response) {
  require(span.begin() <= span.end() && span.end() <= response.text_length(), "a span lies in the text");
}

void check_mentions(const google::protobuf::RepeatedPtrField<v1::Mention>& mentions,
                    const v1::AnnotateResponse& response) {
  for (const v1::Mention& mention : mentions) {
    check_span(mention.span(), response);
    require(mention.rule_index() < static_cast<std::uint32_t>(response.rules_size()), "a mention has a rule");
  }
}

void check_answer(const v1::AnnotateResponse& response) {
  for (const v1::Quote& quote : response.quotes()) {
    check_span(quote.span(), response);
    for (const v1::Fragment& fragment : quote.fragments()) check_span(fragment.content(), response);
    require(quote.rule_index() < static_cast<std::uint32_t>(response.rules_size()), "a quote has a rule");
    require(!quote.has_attribution() ||
                quote.attribution().speaker_index() < static_cast<std::uint32_t>(response.speakers_size()),
            "a quote's speaker is there");
    require(!quote.has_parent_index() || quote.parent_index() < static_cast<std::uint32_t>(response.quotes_size()),
            "a quote's parent is there");
  }
  for (const v1::Speaker& speaker : response.speakers()) check_mentions(speaker.mentions(), response);
  for (const v1::Person& person : response.persons()) check_mentions(person.mentions(), response);
  for (const v1::Organization& organization : response.organizations())
    check_mentions(organization.mentions(), response);
  for (const v1::Label& label : response.labels()) check_span(label.span(), response);
}

}  // namespace

void answer_and_check(const v1::AnnotateRequest& request) {
  v1::AnnotateResponse response, again;
  const google::rpc::Status status = answer(request, response);
  if (service::is_ok(status)) {
    check_answer(response);
  } else {
    check_error(status);
  }
  require(answer(request, again).code() == status.code(), "the second time, the same status");
  require(!service::is_ok(status) || response.SerializeAsString() == again.SerializeAsString(),
          "the second time, the same answer");
}

}  // namespace kutip::fuzz
