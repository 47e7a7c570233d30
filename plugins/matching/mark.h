#pragma once

#include <cstdint>

#include "text/document.h"

namespace kutip::matching {

// What a punctuation mark can be at the edge of a sentence. Quote marks of either direction are one kind, for writers
// mix them up.
enum class Mark : std::uint8_t { kNone, kTerminator, kQuote, kOpening, kClosing, kDash, kBullet };

// By the first code point of the token; kNone for words. O(1).
Mark mark_of(const text::Document& document, const text::Token& token);

}  // namespace kutip::matching
