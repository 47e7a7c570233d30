#include "json_schema.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

namespace kutip {
namespace {

using loading::YamlNode;
using nlohmann::json;
using Kind = YamlNode::Kind;

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  std::string check(const json& schema, const YamlNode& value) const {
    for (const auto& [keyword, argument] : schema.items()) {
      const std::string wrong = check(keyword, argument, schema, value);
      if (!wrong.empty()) return wrong;
    }
    return {};
  }

 private:
  static bool matches(const std::string& text, const std::string& pattern) {
    return std::regex_search(text, std::regex(pattern));
  }

  static bool is_number(const YamlNode& value, bool integer) {
    return value.kind == Kind::kScalar && value.is_plain() &&
           matches(value.text, integer ? "^-?(0|[1-9][0-9]*)$" : "^-?[0-9]+(\\.[0-9]+)?$");
  }

  static bool is_of(const std::string& type, const YamlNode& value) {
    if (type == "object") return value.kind == Kind::kMap;
    if (type == "array") return value.kind == Kind::kList;
    if (type == "integer") return is_number(value, true);
    if (type == "number") return is_number(value, false);
    if (type == "boolean") return value.is_plain() && (value.text == "true" || value.text == "false");
    return value.kind == Kind::kScalar;
  }

  static std::string unless(bool good, const std::string& wrong) { return good ? "" : wrong; }

  std::string check(const std::string& keyword, const json& argument, const json& schema, const YamlNode& v) const {
    static const std::set<std::string> kPassedOver = {"$schema", "title", "description", "definitions", "required"};
    if (kPassedOver.contains(keyword)) return keyword == "required" ? check_required(argument, v) : "";
    if (keyword == "$ref") return check(root_.at(json::json_pointer(argument.get<std::string>().substr(1))), v);
    if (keyword == "type") return unless(is_of(argument, v), "not of type " + argument.get<std::string>());
    if (keyword == "const") return unless(v.text == argument, "not " + argument.dump());
    if (keyword == "enum")
      return unless(v.kind == Kind::kScalar && std::find(argument.begin(), argument.end(), v.text) != argument.end(),
                    v.text + " is none of " + argument.dump());
    if (keyword == "pattern") return unless(v.kind != Kind::kScalar || matches(v.text, argument), v.text);
    if (keyword == "minLength") return unless(v.kind != Kind::kScalar || !v.text.empty(), "empty");
    if (keyword == "minimum") return unless(!is_number(v, false) || std::stod(v.text) >= argument, v.text + " too low");
    if (keyword == "maximum")
      return unless(!is_number(v, false) || std::stod(v.text) <= argument, v.text + " too high");
    if (keyword == "minItems") return unless(v.kind != Kind::kList || v.items.size() >= argument, "too few");
    if (keyword == "maxItems") return unless(v.kind != Kind::kList || v.items.size() <= argument, "too many");
    if (keyword == "items") return check_items(argument, v);
    if (keyword == "properties" || keyword == "additionalProperties") return check_properties(keyword, schema, v);
    if (keyword == "propertyNames") return check_names(argument, v);
    if (keyword == "oneOf" || keyword == "anyOf" || keyword == "allOf") return check_several(keyword, argument, v);
    ADD_FAILURE() << "the schema uses " << keyword;
    return {};
  }

  static std::string check_required(const json& names, const YamlNode& v) {
    if (v.kind != Kind::kMap) return {};
    for (const std::string name : names)
      if (std::none_of(v.keys.begin(), v.keys.end(), [&](const auto& key) { return key.text == name; }))
        return "no " + name;
    return {};
  }

  std::string check_items(const json& schema, const YamlNode& v) const {
    if (v.kind != Kind::kList) return {};
    for (const YamlNode& item : v.items)
      if (const std::string wrong = check(schema, item); !wrong.empty()) return "item: " + wrong;
    return {};
  }

  std::string check_properties(const std::string& keyword, const json& schema, const YamlNode& v) const {
    if (v.kind != Kind::kMap) return {};
    const json properties = schema.value("properties", json::object());
    for (std::size_t i = 0; i < v.keys.size(); ++i) {
      const bool named = properties.contains(v.keys[i].text);
      std::string wrong;
      if (keyword == "properties" && named) wrong = check(properties[v.keys[i].text], v.items[i]);
      if (keyword == "additionalProperties" && !named) {
        const json& others = schema["additionalProperties"];
        wrong = others.is_boolean() ? (others ? "" : "unknown") : check(others, v.items[i]);
      }
      if (!wrong.empty()) return v.keys[i].text + ": " + wrong;
    }
    return {};
  }

  std::string check_names(const json& schema, const YamlNode& v) const {
    for (const YamlNode::Key& key : v.keys) {
      YamlNode name;
      name.kind = Kind::kScalar;
      name.text = key.text;
      if (const std::string wrong = check(schema, name); !wrong.empty()) return "key " + key.text + ": " + wrong;
    }
    return {};
  }

  std::string check_several(const std::string& keyword, const json& schemas, const YamlNode& v) const {
    std::size_t good = 0;
    std::string all;
    for (const json& schema : schemas) {
      const std::string wrong = check(schema, v);
      good += wrong.empty() ? 1 : 0;
      all += (all.empty() ? "" : " | ") + wrong;
    }
    if (keyword == "allOf") return unless(good == schemas.size(), all);
    return unless(keyword == "anyOf" ? good > 0 : good == 1, "(" + all + ")");
  }

  const json& root_;
};

}  // namespace

std::string schema_violation(const json& schema, const YamlNode& value) {
  return Validator(schema).check(schema, value);
}

}  // namespace kutip
