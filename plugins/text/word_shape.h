#pragma once

#include <cstdint>
#include <string_view>

namespace kutip::text {

// Shape bits of a word as the tokenizer cuts it. O(bytes). REQUIRES: it holds a letter or a digit.
std::uint16_t shape_of_word(std::string_view word);

}  // namespace kutip::text
