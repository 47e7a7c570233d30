#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tagging/annotations.h"
#include "text/span.h"

namespace kutip::tagging {

// Somebody a speaker mention can mean.
struct Referent {
  enum class Kind : std::uint8_t { kNobody, kPerson, kOrganization, kOther };
  Kind kind = Kind::kNobody;
  std::uint32_t index = 0;  // into Annotations::persons, ::organizations, or of what is known by its words only
  bool group = false;

  bool nobody() const { return kind == Kind::kNobody; }
  bool same(const Referent& other) const { return kind == other.kind && index == other.index; }
};

// A mention of somebody that a pronoun may look back to.
struct DiscourseMention {
  std::uint32_t token = 0, sentence = 0, paragraph = 0;
  Referent who;
  bool quoted = false;      // inside a quote or quote marks, or in what a STOP lies over
  bool leads = false;       // the first one outside quotes in its sentence, where a subject stands
  bool opens = false;       // leads, as the first one to do so in its paragraph
  bool introduced = false;  // the first mention of `who` outside quotes
};

// Who spoke last, and where.
struct LastSpeaker {
  Referent who;
  std::uint32_t first_sentence = 0, last_sentence = 0, paragraph = 0;
};

struct Antecedent {
  Referent who;
  float confidence = 0;
};

// Where a pronoun stands.
struct PronounPlace {
  std::uint32_t token = 0, sentence = 0, paragraph = 0;
  bool group = false;  // it means several
};

// Whom a pronoun outside quotes means: whoever spoke last, unless the sentences since then are about somebody else.
// `mentions` are in text order. Looks back over at most kMaxLookBack of them. See salience.cc for the weights.
Antecedent find_antecedent(std::span<const DiscourseMention> mentions, const PronounPlace& place,
                           const std::optional<LastSpeaker>& last_speaker,
                           const std::optional<LastSpeaker>& last_person);

// Whom a pronoun inside a quote (the tokens `within`) means: the one named last before it in there, if anybody is.
Antecedent find_antecedent_within(std::span<const DiscourseMention> mentions, const PronounPlace& place,
                                  text::TokenRange within);

inline constexpr std::uint32_t kMaxLookBack = 64;

}  // namespace kutip::tagging
