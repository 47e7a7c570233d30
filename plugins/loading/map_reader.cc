#include "loading/map_reader.h"

#include <algorithm>

#include "loading/names.h"
#include "loading/node_reader.h"

namespace kutip::loading {

MapReader::MapReader(const YamlNode& node, std::string_view what, Findings& findings, std::string_view example)
    : what_(what), findings_(findings) {
  if (expect_map(node, "the mapping of " + std::string(what), findings, example)) node_ = &node;
}

const YamlNode* MapReader::optional(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  for (std::size_t i = 0; i < node_->keys.size(); ++i)
    if (node_->keys[i].text == key) return &node_->items[i];
  return nullptr;
}

const YamlNode* MapReader::required(std::string_view key) {
  const YamlNode* value = optional(key);
  if (value == nullptr) missing_.emplace_back(key);
  return value;
}

bool MapReader::has(std::string_view key) const {
  return std::any_of(node_->keys.begin(), node_->keys.end(), [key](const auto& k) { return k.text == key; });
}

SourceRange MapReader::key_range(std::string_view key) const {
  for (const YamlNode::Key& k : node_->keys)
    if (k.text == key) return k.where;
  return node_->where;
}

void MapReader::also_known(std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) optional(key);
}

Name MapReader::name(std::string_view key) {
  const YamlNode* value = optional(key);
  return value == nullptr ? Name{} : read_name(*value, findings_).value_or(Name{});
}

Name MapReader::required_name(std::string_view key) {
  const YamlNode* value = required(key);
  return value == nullptr ? Name{} : read_name(*value, findings_).value_or(Name{});
}

std::string MapReader::prose(std::string_view key) {
  const YamlNode* value = optional(key);
  return value == nullptr ? std::string() : read_prose(*value, findings_);
}

bool MapReader::flag(std::string_view key) {
  const YamlNode* value = optional(key);
  return value != nullptr && read_bool(*value, findings_).value_or(false);
}

void MapReader::finish() {
  for (const YamlNode::Key& key : node_->keys) {
    if (std::find(known_.begin(), known_.end(), key.text) != known_.end()) continue;
    Diagnostic& d = report_unknown(Code::kUnknownKey, key.where, "key", key.text, known_, findings_);
    d.message += " in " + std::string(what_);
    std::erase(missing_, d.replacement);  // this one is meant
    const std::size_t colon = key.text.find(':');
    if (colon == std::string::npos) continue;
    const std::string name = key.text.substr(0, colon), value = key.text.substr(colon + 1);
    std::erase(missing_, name);
    d.help = "a space must follow the colon of a key";
    d.replacement = value.empty() ? name : name + ": " + value;
  }
  report_missing();
}

void MapReader::report_missing() {
  if (node_->damaged) return;
  for (const std::string& key : missing_) {
    Diagnostic& d = findings_.report(Code::kMissingKey, node_->where, std::string(what_) + " has no " + quoted(key));
    d.help = "add `" + key + ": …`";
  }
}

}  // namespace kutip::loading
