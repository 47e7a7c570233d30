// A choice of rules and options (the first byte) and a text (the rest).
#include <cstdint>

#include "fuzz/checked_answer.h"
#include "kutip/v1/annotation_service.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kutip;
  if (size == 0) return 0;
  v1::AnnotateRequest request;
  request.mutable_document()->set_utf8(data + 1, size - 1);
  request.mutable_document()->set_language_code((data[0] & 1) != 0 ? "id" : "en");
  request.mutable_options()->set_offset_unit(static_cast<v1::OffsetUnit>(1 + (data[0] >> 1) % 3));
  request.mutable_options()->set_include_text(true);
  fuzz::answer_and_check(request);
  return 0;
}
