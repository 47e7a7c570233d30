#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tagging/rule_set.h"

namespace kutip::loading {

// What a field of an emitted annotation may be given, as bits.
enum FieldValueKind : std::uint8_t {
  kTakesCapture = 1 << 0,
  kTakesColumn = 1 << 1,
  kTakesText = 1 << 2,    // any constant text
  kTakesChoice = 1 << 3,  // one of a few constants
};

struct FieldChoice {
  std::string_view name;
  std::uint32_t value;  // of tagging::Constant
};

struct EmitField {
  std::string_view name;
  tagging::Field field;
  std::uint8_t takes;  // FieldValueKind bits
  std::span<const FieldChoice> choices;
};

// The fields of a type: those of rules/LANGUAGE.md for the types every grammar has, those of a label for all others.
std::span<const EmitField> emit_fields(matching::TypeId type);

// Bit of a name that `where: {form: ...}` selects by: a form of an annotation, or a state of a quoted span.
std::span<const FieldChoice> selectable_forms();

}  // namespace kutip::loading
