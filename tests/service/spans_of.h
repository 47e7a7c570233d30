#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "kutip/v1/annotation.pb.h"

namespace kutip::service {

// All spans of a message, wherever in it they are.
inline void collect_spans(const google::protobuf::Message& message, std::vector<v1::Span>& out) {
  if (message.GetDescriptor() == v1::Span::descriptor()) {
    out.push_back(static_cast<const v1::Span&>(message));
    return;
  }
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i)
        collect_spans(reflection->GetRepeatedMessage(message, field, i), out);
    } else {
      collect_spans(reflection->GetMessage(message, field), out);
    }
  }
}

// The text as a caller's own string holds it: units[i] is the UTF-8 that begins with unit i, or empty if unit i
// continues a code point. So a slice is the concatenation of its units.
inline std::vector<std::string> units_of(std::string_view text, v1::OffsetUnit unit) {
  std::vector<std::string> units;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    units.emplace_back(text.substr(at, size));
    if (unit == v1::OFFSET_UNIT_UTF8) units.resize(units.size() + size - 1);
    if (unit == v1::OFFSET_UNIT_UTF16 && size == 4) units.emplace_back();
    at += size;
  }
  return units;
}

inline std::string slice(const std::vector<std::string>& units, std::uint32_t begin, std::uint32_t end) {
  std::string out;
  for (std::uint32_t i = begin; i < end; ++i) out += units.at(i);
  return out;
}

}  // namespace kutip::service
