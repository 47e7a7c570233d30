#include "authoring/compare.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "authoring/extents.h"
#include "text/utf8.h"

namespace kutip::authoring {
namespace {

using Properties = std::vector<std::pair<std::string, std::string>>;

// Where an annotation stands and what it is; two with one key are the same one, perhaps with other properties.
struct Key {
  std::vector<Extent> extents;
  std::string type;
  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Value {
  std::string rule;
  Properties properties;
};

using Annotated = std::map<Key, Value>;

class TextWords {
 public:
  explicit TextWords(const std::string& text) : text_(text) {
    for (std::size_t at = 0; at < text.size(); at += text::code_point_at(text, at).size) begins_.push_back(at);
    begins_.push_back(text.size());
  }
  std::string operator()(Extent extent) const {
    return text_.substr(begins_[extent.begin], begins_[extent.end] - begins_[extent.begin]);
  }

 private:
  const std::string& text_;
  std::vector<std::size_t> begins_;
};

Annotated index(const AnnotatedText& text, const TextWords& words) {
  Annotated out;
  const auto first = [&](const std::vector<Extent>& extents) {
    return extents.empty() ? std::string() : words(extents.front());
  };
  for (const MarkedQuote& quote : text.quotes.value_or(std::vector<MarkedQuote>()))
    out[{quote.fragments, "quote"}] = {quote.rule,
                                       {{"kind", quote.kind},
                                        {"cue", first(quote.cue)},
                                        {"speaker", quote.speaker_name},
                                        {"continuation", quote.continuation ? words(*quote.continuation) : ""}}};
  for (const MarkedName& name : text.organizations.value_or(std::vector<MarkedName>()))
    out[{{name.extent}, "organization"}] = {name.rule, {}};
  for (const MarkedName& name : text.persons.value_or(std::vector<MarkedName>()))
    out[{{name.extent}, "person"}] = {name.rule, {}};
  for (const MarkedLabel& label : text.labels)
    out[{{label.extent}, label.type}] = {label.rule, {{"value", label.value}}};
  return out;
}

std::string changes(const Properties& before, const Properties& after) {
  const auto shown = [](const std::string& value) { return value.empty() ? std::string("nothing") : value; };
  std::string out;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (before[i].second != after[i].second)
      out += (out.empty() ? "" : "; ") + before[i].first + ": " + shown(before[i].second) + " -> " +
             shown(after[i].second);
  return out;
}

std::string described(const Properties& properties) {
  for (const auto& [name, value] : properties)
    if (name == "speaker" && !value.empty()) return "speaker: " + value;
  return "";
}

}  // namespace

std::vector<Difference> compare(const AnnotatedText& before, const AnnotatedText& after) {
  const TextWords words(before.text);
  const Annotated old_ones = index(before, words), new_ones = index(after, words);
  std::vector<Difference> out;
  const auto add = [&](Difference::Kind kind, const Key& key, const Value& value, std::string detail) {
    const Extent whole{key.extents.front().begin, key.extents.back().end};
    out.push_back({kind, key.type, whole, words(whole), value.rule, std::move(detail)});
  };
  for (const auto& [key, value] : old_ones) {
    const auto now = new_ones.find(key);
    if (now == new_ones.end()) {
      add(Difference::Kind::kRemoved, key, value, described(value.properties));
    } else if (now->second.properties != value.properties) {
      add(Difference::Kind::kChanged, key, now->second, changes(value.properties, now->second.properties));
    }
  }
  for (const auto& [key, value] : new_ones)
    if (!old_ones.contains(key)) add(Difference::Kind::kAdded, key, value, described(value.properties));
  std::stable_sort(out.begin(), out.end(),
                   [](const Difference& a, const Difference& b) { return a.extent < b.extent; });
  return out;
}

}  // namespace kutip::authoring
