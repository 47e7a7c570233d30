#pragma once

#include <string>
#include <string_view>

#include "store/rule_files.h"

namespace kutip::store {

// Rule files as one string of bytes: a line `kutip-ruleset 1`, then of each file the length of its path and of its
// content (64 bits, little-endian), path and content.
std::string pack(const RuleFiles& files);

// Null if the bytes are no such string or their digest is not `digest`: whatever was damaged, it is noticed.
RuleFilesPtr unpack(std::string_view bytes, std::string_view digest);

}  // namespace kutip::store
