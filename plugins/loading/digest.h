#pragma once

#include <span>
#include <string>

#include "loading/diagnostic.h"

namespace kutip::loading {

// SHA-256, in hex, over paths and contents of the files in order of path, each with its length; independent of the
// order of `files`.
std::string digest_of(std::span<const SourceFile> files);

}  // namespace kutip::loading
