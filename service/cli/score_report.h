#pragma once

#include <cstddef>
#include <string>

#include "authoring/score.h"

namespace kutip::cli {

// Tables for people, with at most `errors` errors of each layer and kind.
std::string score_text(const authoring::Scores& scores, std::size_t errors);

// One object with all figures and errors.
std::string score_json(const authoring::Scores& scores);

}  // namespace kutip::cli
