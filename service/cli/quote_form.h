#pragma once

#include "kutip/v1/annotation.pb.h"

namespace kutip::cli {

// A form's name as all outputs have it.
constexpr const char* name_of(v1::QuoteForm form) {
  switch (form) {
    case v1::QUOTE_FORM_DIRECT:
      return "direct";
    case v1::QUOTE_FORM_INDIRECT:
      return "indirect";
    case v1::QUOTE_FORM_MIXED:
      return "mixed";
    default:
      return "unknown";
  }
}

}  // namespace kutip::cli
