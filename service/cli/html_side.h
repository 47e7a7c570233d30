#pragma once

#include <cstddef>
#include <string>

#include "kutip/v1/annotation.pb.h"

namespace kutip::cli {

// What stands beside a text: speakers with their quotes, organizations, warnings, legend. REQUIRES: the response
// includes texts.
std::string html_side(const v1::AnnotateResponse& response, std::size_t number);

}  // namespace kutip::cli
