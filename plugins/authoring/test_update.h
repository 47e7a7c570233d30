#pragma once

#include <map>
#include <string>
#include <vector>

#include "authoring/edits.h"
#include "loading/marked_text.h"
#include "text/span.h"

namespace kutip::authoring {

// Bytes of the text without marks, by the name of what was captured there.
using CapturedSpans = std::multimap<std::string, text::Span>;

// Edits that set the marks of a test to `captured`. Empty if that cannot be written: spans that overlap without
// nesting, or a text in a style in which brackets would need quotes.
std::vector<Edit> remark(const loading::MarkedText& text, const CapturedSpans& captured);

}  // namespace kutip::authoring
