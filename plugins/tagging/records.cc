#include "tagging/records.h"

namespace kutip::tagging {

void Records::clear() {
  records_.clear();
  parts_.clear();
  fields_.clear();
}

std::uint32_t Records::add(Record record, std::span<const Part> parts, std::span<const FieldValue> fields) {
  record.parts = {static_cast<std::uint32_t>(parts_.size()), static_cast<std::uint32_t>(parts.size())};
  record.fields = {static_cast<std::uint32_t>(fields_.size()), static_cast<std::uint32_t>(fields.size())};
  parts_.insert(parts_.end(), parts.begin(), parts.end());
  fields_.insert(fields_.end(), fields.begin(), fields.end());
  records_.push_back(record);
  return size() - 1;
}

const FieldValue* Records::field(const Record& record, Field field) const {
  for (const FieldValue& value : std::span(fields_).subspan(record.fields.first, record.fields.count))
    if (value.field == field) return &value;
  return nullptr;
}

const FieldValue* Records::capture(const Record& record, Field field) const {
  const FieldValue* value = this->field(record, field);
  return value != nullptr && !value->constant && value->column < 0 ? value : nullptr;
}

std::uint32_t Records::constant(const Record& record, Field field, std::uint32_t otherwise) const {
  const FieldValue* value = this->field(record, field);
  return value != nullptr && value->constant ? value->value : otherwise;
}

}  // namespace kutip::tagging
