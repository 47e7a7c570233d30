#pragma once

#include <string>
#include <variant>
#include <vector>

#include "authoring/annotated_text.h"
#include "service/cli/articles.h"

namespace kutip::cli {

// Reads a gold corpus: JSON Lines with `id`, `lang`, `text` and any of the layers `quotes`, `organizations`, `persons`.
// Every line must be right: the first that is not is the error.
std::variant<std::vector<authoring::AnnotatedText>, InputError> read_gold(const std::string& path);

}  // namespace kutip::cli
