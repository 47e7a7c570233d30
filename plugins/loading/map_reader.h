#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// Reads the keys of one map; finish() then reports those that nothing asked for, and required ones that are missing.
class MapReader {
 public:
  // `what` names the map in messages: a rule, the manifest; `example` shows somebody who wrote something else how one
  // looks.
  MapReader(const YamlNode& node, std::string_view what, Findings& findings, std::string_view example = {});

  // False if the node is no map (reported).
  bool ok() const { return node_ != nullptr; }
  const YamlNode* optional(std::string_view key);
  // finish() reports it if it is missing.
  const YamlNode* required(std::string_view key);
  bool has(std::string_view key) const;
  SourceRange key_range(std::string_view key) const;
  const YamlNode& node() const { return *node_; }
  Findings& findings() { return findings_; }
  // Makes keys known without reading them.
  void also_known(std::span<const std::string_view> keys);

  Name name(std::string_view key);
  Name required_name(std::string_view key);
  std::string prose(std::string_view key);
  bool flag(std::string_view key);  // false if not given
  void finish();

 private:
  const YamlNode* node_ = nullptr;
  std::string_view what_;
  Findings& findings_;
  void report_missing();

  std::vector<std::string> known_;
  std::vector<std::string> missing_;
};

}  // namespace kutip::loading
