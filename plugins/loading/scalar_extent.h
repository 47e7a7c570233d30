#pragma once

#include <cstddef>
#include <string_view>

#include "loading/source_text.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// How a scalar is written and where it ends, which the YAML library does not tell.
struct ScalarExtent {
  YamlNode::Style style = YamlNode::Style::kPlain;
  std::size_t end = 0;  // behind the last byte; of block scalars the end of their first line
  bool closed = true;   // false: a quoted value reaches the end of the file without its closing quote
};

// `begin`: its first byte, a quote mark or | or > if it is not plain. `value`: what the library made of it.
ScalarExtent scalar_extent(const SourceText& source, std::size_t begin, std::string_view value, bool plain);

}  // namespace kutip::loading
