#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tagging/annotations.h"
#include "tagging/rule_set.h"
#include "text/span.h"

// What rules emitted, before persons, organizations and speakers are made of it.
namespace kutip::tagging {

// The value of a field as a rule emitted it.
struct FieldValue {
  Field field = Field::kName;
  bool constant = false;
  std::uint32_t value = 0;           // of a constant
  text::TokenRange range;            // of a capture
  std::uint32_t annotation = kNone;  // index into AnnotationIndex::all(), if the capture took exactly one
  matching::EntryId entry = matching::kNoEntry;
  int column = -1;  // >= 0: the value is that column of `entry`
};

// One range that an emitted span consists of.
struct Part {
  text::TokenRange range;
  std::uint32_t quoted = kNone;   // index into Document::quoted(), if the part is a quoted span or one of its parts
  std::uint32_t quoted_part = 0;  // which of its parts
};

struct Record {
  TypeId type = 0;
  bool misspelt = false;
  RuleId rule = 0;
  std::uint32_t forms = kFormName;  // Form bits
  text::TokenRange range;           // from the first to the last part
  Slice parts;                      // of Records, at least one
  Slice fields;                     // of Records
};

// All records of one document, in the order in which they were accepted. Reused for many documents by one thread.
class Records {
 public:
  void clear();
  // `record.parts` and `.fields` are set by this.
  std::uint32_t add(Record record, std::span<const Part> parts, std::span<const FieldValue> fields);

  std::uint32_t size() const { return static_cast<std::uint32_t>(records_.size()); }
  const Record& operator[](std::uint32_t index) const { return records_[index]; }
  std::span<const Record> all() const { return records_; }
  std::span<const Part> parts(const Record& record) const {
    return std::span(parts_).subspan(record.parts.first, record.parts.count);
  }
  // The field's value, or nullptr.
  const FieldValue* field(const Record& record, Field field) const;
  // The field's value if it is a capture of tokens, else nullptr.
  const FieldValue* capture(const Record& record, Field field) const;
  // The value of a constant field, or `otherwise`.
  std::uint32_t constant(const Record& record, Field field, std::uint32_t otherwise) const;

 private:
  std::vector<Record> records_;
  std::vector<Part> parts_;
  std::vector<FieldValue> fields_;
};

}  // namespace kutip::tagging
