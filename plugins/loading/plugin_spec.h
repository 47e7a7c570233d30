#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "loading/date.h"
#include "loading/diagnostic.h"
#include "loading/marked_text.h"

// What rule files say, before any name in them is looked up: plain values, each with its place. Knows nothing of YAML.
namespace kutip::loading {

// A value with its place; where.line == 0: not given.
template <typename T>
struct Located {
  T value{};
  SourceRange where;

  bool given() const { return where.line != 0; }
};
using Name = Located<std::string>;
using Names = std::vector<Name>;

struct LabelSpec {
  Name name;
  std::string title;
  bool internal = false;
};

struct NeedSpec {
  Name plugin;
  Name versions;
};

struct ManifestSpec {
  Name plugin, version, engine, language, title;
  Names maintainers;
  Name license;
  std::vector<NeedSpec> needs;
  Names phases, files;
  std::vector<LabelSpec> labels;
  Name abbreviations, function_words;  // lexicons
  Names split_suffixes;
};

enum class LexiconMatchSpec : std::uint8_t { kFolded, kExact, kCapital };

// An entry that an overlay adds; the form is the first column.
struct AddedEntry {
  Name form;
  std::vector<std::pair<Name, Name>> columns;  // name of the column, value
};

struct LexiconSpec {
  Name name;
  // Exactly one of these four is given.
  Name file;  // relative to the plugin's folder
  Name from;
  std::optional<Names> words, union_of;
  Name suffix;  // with `from`
  std::optional<LexiconMatchSpec> match;
  Names columns;  // of `file`; empty: the form alone
  // What overlays change. Removals come first.
  Names removed;
  std::vector<AddedEntry> added;
  Names added_files;  // relative to the rules folder; with the columns of the lexicon
};

struct ConditionSpec {
  SourceRange where;
  Names text, not_text, lower, not_lower, shape, not_shape;
  Names prefix, not_prefix, suffix, not_suffix, lex, not_lex, anno, not_anno;
  std::optional<std::pair<int, int>> length;  // both ends included
  std::optional<bool> sentence_initial;
};

struct StepSpec;
using StepSpecs = std::vector<StepSpec>;

struct TokSpec {
  ConditionSpec condition;
};
struct LexSpec {
  Names lexicons;
};
struct AnnoSpec {
  Names types;
  std::optional<int> min_tokens, max_tokens;
  std::optional<ConditionSpec> first, last;
  Names forms;
};
struct UseSpec {
  Name macro;
};
struct GroupSpec {  // `seq` has one alternative
  std::vector<StepSpecs> alternatives;
};
struct GapSpec {
  int max = 1;
  std::optional<ConditionSpec> never;
};
enum class BorderSpec : std::uint8_t { kSentenceStart, kSentenceEnd, kParagraphStart, kParagraphEnd };
struct RestSpec {
  BorderSpec to = BorderSpec::kSentenceEnd;
  std::optional<ConditionSpec> never;
  std::optional<int> min_tokens, max_tokens;
};
struct AtSpec {
  BorderSpec border = BorderSpec::kSentenceStart;
};
struct LookSpec {
  bool ahead = true, wanted = true;
  StepSpecs steps;
};

struct StepSpec {
  SourceRange where;
  std::variant<TokSpec, LexSpec, AnnoSpec, UseSpec, GroupSpec, GapSpec, RestSpec, AtSpec, LookSpec> kind;
  int min = 1, max = 1;
  Name capture;
  bool anchor = false;
};

struct PatternSpec {
  SourceRange where;
  StepSpecs steps;
  bool sound = true;  // false: a step was wrong, and is left out
};

struct MacroSpec {
  Name name;
  PatternSpec pattern;
};

struct ExceptionSpec {
  enum class Where : std::uint8_t { kBefore, kAfter, kInside, kSentence };
  Name id;
  Where where = Where::kSentence;
  PatternSpec pattern;
};

// What an emitted field gets: a capture, a column of what it took, or a constant.
struct FieldSpec {
  Name key;
  Name capture;  // without `$`; not given: a constant
  Name column;   // behind `$capture.`
  Name constant;
};

struct EmitSpec {
  SourceRange where;
  Name type;
  Names span;  // captures without `$`; `match` for the whole match
  std::vector<FieldSpec> fields;
};

struct AliasSpec {
  SourceRange where;
  Name of, form;
  bool parts = false;
  int misspelt = 0;
  std::optional<PatternSpec> unless;
};

struct AcronymCheckSpec {
  Name short_form, long_form;
};

struct ExpectedCount {
  Name type;
  int count = 0;
};

// A test beside a rule. `text` marks spans as [[capture|words]].
struct TestSpec {
  SourceRange where;
  std::string name;
  MarkedText text;
  std::vector<std::pair<Name, Name>> expect;  // field, value
  std::vector<ExpectedCount> expect_count;
  bool none = false, todo = false;
};

enum class UnitSpec : std::uint8_t { kSentence, kParagraph };
enum class OverlapSpec : std::uint8_t { kLongest, kNest, kAll };

struct RuleSpec {
  SourceRange where;
  Name id, phase;
  std::string title, why;
  int priority = 50;
  UnitSpec unit = UnitSpec::kSentence;
  OverlapSpec overlap = OverlapSpec::kLongest;
  std::optional<float> confidence;
  PatternSpec pattern;
  std::vector<ExceptionSpec> exceptions;
  std::vector<AcronymCheckSpec> checks;
  std::vector<EmitSpec> emits;
  std::vector<AliasSpec> aliases;
  std::vector<TestSpec> tests;
};

struct RuleFileSpec {
  std::uint32_t file = 0;  // index into the list of source files
  Name plugin;
  std::vector<LexiconSpec> lexicons;
  std::vector<MacroSpec> macros;
  std::vector<RuleSpec> rules;
  bool complete = true;  // false: something could not be read, so names may be missing
};

// A change of an overlay that is to be looked at again after a day.
struct ExpirySpec {
  Date last_day;
  SourceRange where;
  std::string what;  // for messages: the change of rule `x`
};

struct PluginSpec {
  std::string folder;               // "id", relative to the rules folder; what an overlay makes has its base's
  std::uint32_t manifest_file = 0;  // index into the list of source files
  bool manifest_read = true;
  ManifestSpec manifest;
  std::vector<RuleFileSpec> files;  // in the order of the manifest
  bool complete = true;             // false: something could not be read, so names may be missing
  bool made_by_overlay = false;     // a copy of its base with another name
  std::vector<ExpirySpec> expiries;
};

}  // namespace kutip::loading
