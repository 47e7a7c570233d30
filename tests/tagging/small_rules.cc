#include "small_rules.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "loading/load.h"

namespace kutip::tagging {
namespace {

std::string form_name(MentionForm form) {
  static constexpr std::array kNames = {"name", "short", "pronoun", "clitic", "role", "description", "acronym"};
  return kNames[static_cast<std::size_t>(form)];
}

std::vector<std::pair<std::string, std::string>> read_small_rules() {
  const std::filesystem::path folder = std::filesystem::path(KUTIP_SOURCE_DIR) / "tests" / "tagging";
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "small")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files.emplace_back(std::filesystem::relative(entry.path(), folder).generic_string(),
                       std::string(std::istreambuf_iterator<char>(file), {}));
  }
  return files;
}

}  // namespace

std::shared_ptr<const RuleSet> load_rules(std::vector<std::pair<std::string, std::string>> files) {
  std::vector<loading::SourceFile> sources;
  for (auto& [path, content] : files) sources.push_back({path, content});
  loading::LoadResult result = loading::load(sources);
  for (const loading::Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity == loading::Severity::kError) ADD_FAILURE() << loading::format_text(diagnostic, sources);
  if (!result.rules) throw std::runtime_error("the rules of a test have errors");
  return result.rules;
}

const RuleSet& small_rules() {
  static const std::shared_ptr<const RuleSet> rules = load_rules(read_small_rules());
  return *rules;
}

Tagged::Tagged(std::string text, const AnnotateOptions& options) : Tagged(small_rules(), std::move(text), options) {}

Tagged::Tagged(const RuleSet& rules, std::string text, const AnnotateOptions& options) : text_(std::move(text)) {
  Workspace workspace;
  EXPECT_TRUE(annotate(rules, rules.grammars().front(), text_, options, workspace, out_));
}

std::string Tagged::mentions_text(Slice mentions) const {
  std::string all;
  for (const Mention& mention : Annotations::slice(out_.mentions, mentions)) {
    if (!all.empty()) all += ", ";
    all += at(mention.span);
    if (mention.form != MentionForm::kName) all += " (" + form_name(mention.form) + ")";
    if (mention.misspelt) all += " (misspelt)";
    if (mention.nested) all += " (nested)";
  }
  return all;
}

std::vector<std::string> Tagged::quotes() const {
  std::vector<std::string> all;
  for (const Quote& quote : out_.quotes) {
    std::string line = quote.speaker == kNone ? "?" : std::string(out_.speakers[quote.speaker].name);
    const char* separator = ": ";
    for (const Fragment& fragment : Annotations::slice(out_.fragments, quote.fragments)) {
      line += separator + at(fragment.span);
      separator = " | ";
    }
    if (!quote.continuation.empty()) line += " + " + at(quote.continuation);
    all.push_back(line);
  }
  return all;
}

std::vector<std::string> Tagged::speakers() const {
  std::vector<std::string> all;
  for (const Speaker& speaker : out_.speakers)
    all.push_back(std::string(speaker.name) + ": " + mentions_text(speaker.mentions));
  return all;
}

std::vector<std::string> Tagged::persons() const {
  std::vector<std::string> all;
  for (const Person& person : out_.persons)
    all.push_back(std::string(person.name) + ": " + mentions_text(person.mentions));
  return all;
}

std::vector<std::string> Tagged::organizations() const {
  std::vector<std::string> all;
  for (const Organization& body : out_.organizations)
    all.push_back(std::string(body.name) + ": " + mentions_text(body.mentions));
  return all;
}

std::vector<std::string> Tagged::roles_of(std::string_view name) const {
  std::vector<std::string> all;
  for (const Person& person : out_.persons) {
    if (person.name != name) continue;
    for (const Role& role : Annotations::slice(out_.roles, person.roles)) {
      all.push_back(at(role.span));
      if (role.organization != kNone) all.back() += " / " + std::string(out_.organizations[role.organization].name);
    }
  }
  return all;
}

std::string dump(const Annotations& out) {
  std::ostringstream to;
  const auto span = [&](text::Span s) { to << s.begin << '-' << s.end << ' '; };
  const auto mentions = [&](Slice slice) {
    for (const Mention& m : Annotations::slice(out.mentions, slice)) {
      span(m.span);
      to << static_cast<int>(m.form) << m.misspelt << m.nested << ' ' << m.rule << ' ';
    }
    to << '\n';
  };
  for (const Quote& q : out.quotes) {
    to << "quote " << static_cast<int>(q.form) << ' ' << q.speaker << ' ' << q.parent << ' ' << q.rule << ' '
       << q.cue_lemma << ' ' << q.attribution_confidence << ' ';
    for (const Fragment& f : Annotations::slice(out.fragments, q.fragments)) span(f.span), span(f.content);
    span(q.cue), span(q.continuation), span(q.speaker_mention);
    to << '\n';
  }
  for (const Speaker& s : out.speakers) to << "speaker " << s.name << ' ', mentions(s.mentions);
  for (const Person& p : out.persons) to << "person " << p.name << ' ', mentions(p.mentions);
  for (const Organization& o : out.organizations)
    to << "organization " << o.name << ' ' << o.category << ' ', mentions(o.mentions);
  for (const Label& l : out.labels) to << "label " << l.type << ' ' << l.value << ' ', span(l.span), to << '\n';
  for (const Warning& w : out.warnings) to << "warning " << static_cast<int>(w.kind) << ' ', span(w.span), to << '\n';
  to << out.truncated << '\n';
  return to.str();
}

}  // namespace kutip::tagging
