#pragma once

#include <string>
#include <string_view>

#include "kutip/v1/annotation.pb.h"
#include "service/cli/format.h"

namespace kutip::cli {

// Who said what, one row a quote, then the organizations and what the server warns of. Never wider than options.width.
// REQUIRES: the response counts UTF-8 bytes of `text`.
std::string quote_table(std::string_view text, const v1::AnnotateResponse& response, const PrettyOptions& options);

}  // namespace kutip::cli
