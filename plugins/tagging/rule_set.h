#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "matching/lexicon.h"
#include "matching/matcher.h"
#include "matching/program.h"
#include "text/document.h"
#include "text/vocabulary.h"

namespace kutip::tagging {

using matching::CaptureId;
using matching::RuleId;
using matching::TypeId;

// The types every grammar has; a plugin's labels follow.
enum BuiltinType : TypeId { kQuoted, kPerson, kOrganization, kSpeaker, kQuote, kStop, kFirstLabel };

// What `emit` can set. Which type takes which field is in rules/LANGUAGE.md; the loader checks it.
enum class Field : std::uint8_t {
  kName,
  kRole,
  kOrganization,
  kCategory,
  kAcronym,
  kId,
  kForm,
  kKind,
  kCue,
  kLemma,
  kSpeaker,
  kContinues,
  kValue,
};
inline constexpr std::size_t kFieldCount = 13;

// Forms as bits, for AnnotationView::forms and AnnoStep::forms.
enum Form : std::uint32_t {
  kFormName = 1 << 0,
  kFormShortName = 1 << 1,
  kFormPronoun = 1 << 2,
  kFormClitic = 1 << 3,
  kFormRole = 1 << 4,
  kFormDescription = 1 << 5,
  kFormAcronym = 1 << 6,
  kQuotedClosed = 1 << 8,
  kQuotedUnclosed = 1 << 9,
  kQuotedNested = 1 << 10,
  kQuotedOuter = 1 << 11,
};

struct CaptureRef {
  CaptureId capture = 0;
  int column = -1;  // >= 0: that column of the lexicon entry the capture took
};
// A constant is a form bit, a SpeakerKind, a Continues value or an index into Grammar::constants, as the field demands.
struct Constant {
  std::uint32_t value = 0;
};
using FieldSource = std::variant<std::monostate, CaptureRef, Constant>;

struct Emit {
  TypeId type = 0;
  std::vector<CaptureId> span;  // empty: $match; several: fragments of a quote
  std::array<FieldSource, kFieldCount> fields;

  const FieldSource& field(Field f) const { return fields[static_cast<std::size_t>(f)]; }
};

struct Alias {
  CaptureId of = 0;
  std::optional<CaptureId> form;
  bool parts = false;
  std::uint32_t misspelt = 0;               // greatest Damerau-Levenshtein distance
  std::optional<matching::Program> unless;  // no mention is made where it matches inside
};

struct AcronymCheck {
  CaptureId short_form = 0, long_form = 0;
};

struct Exception {
  enum class Where : std::uint8_t { kBefore, kAfter, kInside, kSentence };
  std::string id;
  Where where = Where::kSentence;
  matching::Program program;
};

enum class Unit : std::uint8_t { kSentence, kParagraph };
enum class Overlap : std::uint8_t { kLongest, kNest, kAll };
enum class Continues : std::uint8_t { kNo, kParagraph };
inline constexpr std::uint32_t kSpeakerPrevious = 1;  // Constant of Field::kSpeaker

struct Rule {
  std::string id;
  std::uint32_t plugin = 0;  // index into RuleSet::plugins()
  std::uint32_t phase = 0;   // index into Grammar::phases
  int priority = 50;
  Unit unit = Unit::kSentence;
  Overlap overlap = Overlap::kLongest;
  std::optional<float> confidence;
  matching::Program program;
  std::vector<std::string> captures;  // names by CaptureId
  std::vector<Exception> exceptions;
  std::vector<AcronymCheck> checks;
  std::vector<Emit> emits;
  std::vector<Alias> aliases;
  matching::SourceMark mark;
};

struct Phase {
  std::string name;
  bool has_aliases = false;
};

struct TypeInfo {
  std::string name;
  bool internal = false;  // for other rules only
};

// All plugins of one language, compiled. Immutable.
struct Grammar {
  std::string language;                // BCP 47
  std::vector<std::uint32_t> plugins;  // indices into RuleSet::plugins()
  text::Vocabulary vocabulary;
  text::TextRules text_rules;
  std::vector<std::uint8_t> function_words;  // by WordId: non-zero for a function word
  matching::LexiconSet lexicons;
  matching::TokenClasses classes;  // that the programs of the rules ask for
  matching::TokenClass in_any_lexicon;
  std::vector<TypeInfo> types;         // by TypeId
  std::vector<std::string> constants;  // what Constant indexes for text fields
  std::vector<Rule> rules;             // by RuleId
  std::vector<Phase> phases;
  matching::CandidateFinder finder;  // of all rules
};

struct PluginInfo {
  std::string name, version, language, title;
  std::uint32_t rule_count = 0;
  std::uint32_t lexicon_entry_count = 0;
};

// Compiled rules. Deeply immutable: any number of threads may read one RuleSet without locking; share it by
// std::shared_ptr<const RuleSet>. Keeps nothing of YAML or files.
class RuleSet {
 public:
  RuleSet(std::vector<PluginInfo> plugins, std::vector<Grammar> grammars, std::string digest);

  const std::vector<PluginInfo>& plugins() const { return plugins_; }
  const std::vector<Grammar>& grammars() const { return grammars_; }
  // Grammar for a BCP 47 tag, by its primary subtag (id for id-ID); nullptr if there is none.
  const Grammar* grammar(std::string_view language) const;
  // SHA-256, in hex, over names and contents of all files of the plugins.
  const std::string& digest() const { return digest_; }

 private:
  std::vector<PluginInfo> plugins_;
  std::vector<Grammar> grammars_;
  std::string digest_;
};

}  // namespace kutip::tagging
