#include "service/config/configuration.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "loading/diagnostic_codes.h"
#include "loading/nearest_name.h"
#include "loading/yaml_tree.h"

namespace kutip::config {
namespace {

using loading::YamlNode;

struct Given {
  std::string value;
  std::string origin;
};

std::string place(const std::string& file, const loading::SourceRange& where) {
  return file + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
}

std::string unknown_key(const std::vector<Setting>& settings, const std::string& key) {
  std::vector<std::string> keys;
  for (const Setting& setting : settings) keys.push_back(setting.key);
  const auto near = loading::nearest_name(key, keys);
  return "there is no setting `" + key + "`" + (near ? "; is it `" + *near + "`?" : "");
}

// Values of the file by key.
std::map<std::string, Given> read_file(const std::string& path, const std::vector<Setting>& settings,
                                       std::string& errors) {
  std::map<std::string, Given> out;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream || std::filesystem::is_directory(path)) {
    errors += path + ": cannot be read\n";
    return out;
  }
  const loading::SourceFile source{path, content.str()};
  loading::Findings findings;
  const loading::SourceText text(0, source.content);
  const loading::YamlDocument document = loading::parse_yaml(text, findings);
  auto diagnostics = findings.take();
  // A file of settings may leave all of them at their defaults.
  std::erase_if(diagnostics, [](const auto& diagnostic) {
    return diagnostic.code == loading::code_info(loading::Code::kEmptyFile).id;
  });
  for (const auto& diagnostic : diagnostics) errors += loading::format_text(diagnostic, {&source, 1}) + "\n";
  if (!diagnostics.empty() || !document.root || document.root->kind == YamlNode::Kind::kNull) return out;
  if (document.root->kind != YamlNode::Kind::kMap) {
    errors += path + ":1:1: settings are lines like `listen: 127.0.0.1:50061`\n";
    return out;
  }
  for (std::size_t i = 0; i < document.root->keys.size(); ++i) {
    const YamlNode::Key& key = document.root->keys[i];
    const YamlNode& value = document.root->items[i];
    const bool known = std::any_of(settings.begin(), settings.end(), [&](const auto& s) { return s.key == key.text; });
    if (!known) {
      errors += place(path, key.where) + ": " + unknown_key(settings, key.text) + "\n";
    } else if (value.kind != YamlNode::Kind::kScalar) {
      errors += place(path, value.where) + ": `" + key.text + "` has no value\n";
    } else {
      out[key.text] = {value.text, place(path, value.where)};
    }
  }
  return out;
}

std::optional<Given> choose(const Setting& setting, const GivenValues& flags,
                            const std::map<std::string, Given>& in_file) {
  if (const auto flag = flags.find(setting.key); flag != flags.end()) return Given{flag->second, setting.flag()};
  if (const char* variable = std::getenv(setting.variable().c_str())) return Given{variable, setting.variable()};
  if (const auto line = in_file.find(setting.key); line != in_file.end()) return line->second;
  return std::nullopt;
}

}  // namespace

Configuration configure(std::vector<Setting>& settings, const GivenValues& flags, const std::string& file) {
  Configuration out;
  const auto in_file = file.empty() ? std::map<std::string, Given>() : read_file(file, settings, out.errors);
  for (Setting& setting : settings) {
    const auto given = choose(setting, flags, in_file);
    if (!given) continue;
    if (setting.set(given->value)) {
      out.origins[setting.key] = given->origin;
    } else {
      out.errors +=
          given->origin + ": `" + given->value + "` is no value of `" + setting.key + "` (" + setting.kind + ")\n";
    }
  }
  return out;
}

std::string show(const std::vector<Setting>& settings, const Configuration& configuration) {
  std::string out;
  for (const Setting& setting : settings) {
    std::string value = setting.get();
    const bool quote = value.empty() || value.find_first_of(":#'\"{}[],&*!|>%@` ") != std::string::npos;
    if (quote) {
      std::string doubled;
      for (const char c : value) doubled += c == '\'' ? std::string("''") : std::string(1, c);
      value = "'" + doubled + "'";
    }
    const auto origin = configuration.origins.find(setting.key);
    out += setting.key + ": " + value + (origin == configuration.origins.end() ? "" : "  # " + origin->second) + "\n";
  }
  return out;
}

}  // namespace kutip::config
