#include <google/protobuf/util/json_util.h>

#include "service/cli/format.h"

namespace kutip::cli {
namespace {

std::string to_json(const google::protobuf::Message& message, bool several_lines) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = several_lines;
  options.always_print_primitive_fields = true;  // an offset of 0 is a value, too
  std::string json;
  // Fails for unknown types of Any only, and the message holds none.
  static_cast<void>(google::protobuf::util::MessageToJsonString(message, &json, options));
  if (json.empty() || json.back() != '\n') json += '\n';
  return json;
}

}  // namespace

std::string format_json(const google::protobuf::Message& message) {
  return to_json(message, true);
}

std::string format_json_line(const v1::AnnotateResponse& response) {
  return to_json(response, false);
}

}  // namespace kutip::cli
