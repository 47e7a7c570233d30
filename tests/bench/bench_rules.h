#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "loading/diagnostic.h"
#include "service/active_rules.h"

namespace kutip::bench {

// What is loaded beside the shipped rules.
struct RulesSize {
  std::size_t gazetteer_entries = 0;  // phrases of two or three words, one in fifty taken from `articles`
  std::size_t extra_rules = 0;        // rules with a trigger word of their own, one in twenty a word of `articles`
};

// The shipped rules and an Indonesian plugin of the given size. Exits with diagnostics if they do not load.
service::ActiveRules load_rules(const RulesSize& size, std::span<const std::string> articles);

}  // namespace kutip::bench
