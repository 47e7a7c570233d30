#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kutip::loading {

// The candidate that `name` is most likely a slip of: least Damerau-Levenshtein distance (adjacent letters may change
// places), at most a third of the longer name's bytes; the first of equals. nullopt if none is near. O(sum of lengths *
// length of `name`); names over 64 bytes are not compared.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates);

}  // namespace kutip::loading
