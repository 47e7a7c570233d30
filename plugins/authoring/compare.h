#pragma once

#include <string>
#include <vector>

#include "authoring/annotated_text.h"

namespace kutip::authoring {

// One annotation that two rule sets see differently.
struct Difference {
  enum class Kind { kAdded, kRemoved, kChanged };
  Kind kind = Kind::kAdded;
  std::string type;  // quote, organization, person, or a label
  Extent extent;
  std::string words;
  std::string rule;    // behind the new annotation; behind the old one if it is gone
  std::string detail;  // what changed: speaker: A -> B
};

// What `after` has and `before` has not, and the other way round, by place. REQUIRES: both are of one text.
std::vector<Difference> compare(const AnnotatedText& before, const AnnotatedText& after);

}  // namespace kutip::authoring
