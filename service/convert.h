#pragma once

#include <string_view>

#include "kutip/v1/annotation.pb.h"
#include "service/rule_table.h"
#include "tagging/annotations.h"
#include "tagging/rule_set.h"
#include "text/offsets.h"

namespace kutip::service {

// What goes into an answer, and how.
struct AnswerOptions {
  text::OffsetUnit unit = text::OffsetUnit::kCodePoint;
  bool include_text = false;
  bool quotes = true, persons = true, organizations = true, labels = true;
  float min_confidence = 0;
};

// Writes what the engine found in `text` into `response`: all fields but document_id, language_detected and ruleset.
// Offsets are in options.unit and always between code points. O(annotations + bytes of the text for offsets).
void write_answer(const tagging::Annotations& found, const tagging::RuleSet& rules, const tagging::Grammar& grammar,
                  std::string_view text, const AnswerOptions& options, RuleTable& table,
                  v1::AnnotateResponse& response);

}  // namespace kutip::service
