// Any bytes as a request of Annotate: an answer whose spans are right, or an error with a reason.
#include <cstdint>
#include <cstdlib>

#include "fuzz/checked_answer.h"
#include "kutip/v1/annotation_service.pb.h"
#include "service/errors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kutip;
  v1::AnnotateRequest request;
  if (!request.ParseFromArray(data, static_cast<int>(size))) return 0;
  fuzz::answer_and_check(request);
  return 0;
}
