#include "steps.h"

#include <algorithm>

namespace kutip::matching {
namespace {

std::size_t captures_of(const Steps& steps) {
  std::size_t count = 0;
  for (const Step& step : steps) {
    if (step.capture) count = std::max<std::size_t>(count, *step.capture + 1u);
    if (const auto* any_step = std::get_if<AnyStep>(&step.kind)) {
      for (const Steps& alternative : any_step->alternatives) count = std::max(count, captures_of(alternative));
    }
  }
  return count;
}

}  // namespace

Pattern pattern_of(Steps steps) {
  Pattern pattern;
  for (std::size_t i = 0; i < captures_of(steps); ++i) pattern.captures.push_back("c" + std::to_string(i));
  pattern.steps = std::move(steps);
  return pattern;
}

}  // namespace kutip::matching
