#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tagging/annotate.h"
#include "tagging/annotations.h"
#include "tagging/rule_set.h"

namespace kutip::tagging {

// A small grammar of Indonesian, enough to bring every mechanism about. Loaded once.
const RuleSet& small_rules();

// A RuleSet of the plugins given as {path, content}; the test fails if it has errors.
std::shared_ptr<const RuleSet> load_rules(std::vector<std::pair<std::string, std::string>> files);

// The annotations of a text in words, for tests to compare.
class Tagged {
 public:
  explicit Tagged(std::string text, const AnnotateOptions& options = {});
  Tagged(const RuleSet& rules, std::string text, const AnnotateOptions& options = {});
  Tagged(const Tagged&) = delete;
  Tagged& operator=(const Tagged&) = delete;

  const Annotations& annotations() const { return out_; }
  std::string at(text::Span span) const { return text_.substr(span.begin, span.size()); }

  // One line a quote: `speaker: fragment | fragment`, ` + continuation` if there is one; `?` for an unknown speaker.
  std::vector<std::string> quotes() const;
  // `name: mention, mention`, those of another form than NAME with it: `dia (pronoun)`.
  std::vector<std::string> speakers() const;
  std::vector<std::string> persons() const;
  std::vector<std::string> organizations() const;
  std::vector<std::string> roles_of(std::string_view person) const;

 private:
  std::string mentions_text(Slice mentions) const;

  std::string text_;
  Annotations out_;
};

// A description of everything in `out`, to compare two answers by.
std::string dump(const Annotations& out);

}  // namespace kutip::tagging
