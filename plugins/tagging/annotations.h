#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matching/ids.h"
#include "text/span.h"

// What annotate() answers. Values with indices, no pointers between them; views point into the annotated text, the
// RuleSet, or Annotations::strings.
namespace kutip::tagging {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

// Part of one of the vectors of Annotations.
struct Slice {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

enum class QuoteForm : std::uint8_t { kDirect, kIndirect, kMixed };
enum class SpeakerKind : std::uint8_t { kPerson, kOrganization, kGroup, kUnnamed };
enum class MentionForm : std::uint8_t { kName, kShortName, kPronoun, kClitic, kRole, kDescription, kAcronym };

struct Mention {
  text::Span span;
  MentionForm form = MentionForm::kName;
  bool misspelt = false;
  bool nested = false;  // inside a longer mention of another organization
  matching::RuleId rule = 0;
};

struct Fragment {
  text::Span span;     // marks included
  text::Span content;  // without marks
};

struct Quote {
  QuoteForm form = QuoteForm::kDirect;
  Slice fragments;          // of Annotations::fragments, in text order, at least one
  text::Span continuation;  // empty: none
  text::Span cue;           // empty: none
  std::string_view cue_lemma;
  std::uint32_t speaker = kNone;  // index into Annotations::speakers
  text::Span speaker_mention;     // beside the cue; equals `cue` for a clitic; empty if the speaker stands nowhere near
  MentionForm speaker_form = MentionForm::kName;
  matching::RuleId speaker_rule = 0;  // the rule behind the link. REQUIRES speaker != kNone
  float attribution_confidence = 0;
  std::uint32_t parent = kNone;  // index of the enclosing quote
  std::optional<float> confidence;
  matching::RuleId rule = 0;
};

struct Role {
  text::Span span;
  std::uint32_t organization = kNone;  // index into Annotations::organizations
};

// A named person, whether speaking or not.
struct Person {
  std::string_view name;  // fullest form in the text, without titles
  Slice mentions;         // of Annotations::mentions, in text order; names only
  Slice roles;            // of Annotations::roles
};

// An entity that at least one quote is attributed to.
struct Speaker {
  std::string_view name;
  SpeakerKind kind = SpeakerKind::kPerson;
  Slice mentions;  // names and the pronouns, clitics, roles that were resolved to it
  Slice roles;
  std::uint32_t person = kNone;        // index into persons, when it is one
  std::uint32_t organization = kNone;  // index into organizations, when it is one
};

struct Organization {
  std::string_view name;          // canonical if a lexicon has one, else name_in_text
  std::string_view name_in_text;  // the fullest that the text has
  Slice acronyms;                 // of Annotations::texts
  std::string_view category;
  Slice external_ids;  // of Annotations::texts
  Slice mentions;
};

// A span of a type that a plugin invented.
struct Label {
  std::string_view type;
  text::Span span;
  std::string_view value;
  std::optional<float> confidence;
  matching::RuleId rule = 0;
};

enum class WarningKind : std::uint8_t { kUnclosedQuoteMark, kAnnotationLimit, kSentenceTooLong };

struct Warning {
  WarningKind kind = WarningKind::kUnclosedQuoteMark;
  text::Span span;
};

struct Annotations {
  std::string_view language;
  std::vector<Quote> quotes;                // by begin of the first fragment
  std::vector<Speaker> speakers;            // by first mention
  std::vector<Person> persons;              // by first mention
  std::vector<Organization> organizations;  // by first mention
  std::vector<Label> labels;                // by begin
  std::vector<Fragment> fragments;
  std::vector<Mention> mentions;
  std::vector<Role> roles;
  std::vector<std::string_view> texts;
  std::vector<Warning> warnings;
  bool truncated = false;
  std::deque<std::string> strings;  // owns texts that stand nowhere else

  void clear();
  template <typename T>
  static std::span<const T> slice(const std::vector<T>& of, Slice s) {
    return std::span<const T>(of).subspan(s.first, s.count);
  }
};

}  // namespace kutip::tagging
