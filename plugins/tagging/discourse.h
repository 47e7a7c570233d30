#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tagging/findings.h"
#include "tagging/key_table.h"
#include "tagging/quotes.h"
#include "tagging/roles.h"
#include "tagging/salience.h"
#include "tagging/speaker_mention.h"

namespace kutip::tagging {

// Those who can speak in a document, and where they are mentioned. Reused from text to text.
class Discourse {
 public:
  // `quotes` are those of the document. O(tokens + records * log).
  void build(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record, const Roles& roles,
             std::span<const QuotePlace> quotes);

  // Whom a mention means that is no pronoun. A role is traced to the person who holds it; what names no known person or
  // organization is known by its words.
  Referent referent(const Findings& findings, const Roles& roles, const SpeakerMention& mention);

  std::span<const DiscourseMention> mentions() const { return mentions_; }
  // True if a quote lies over the token.
  bool in_quote(std::uint32_t token) const { return in_quote_[token] != 0; }
  // What kOther referents are known by.
  struct Other {
    text::TokenRange name;
    SpeakerKind kind = SpeakerKind::kUnnamed;
  };
  const Other& other(std::uint32_t index) const { return others_[index]; }
  std::uint32_t other_count() const { return static_cast<std::uint32_t>(others_.size()); }

 private:
  void mark_quotes(const Findings& findings, std::span<const QuotePlace> quotes);
  void add(const Findings& findings, std::uint32_t token, const Referent& who);

  std::vector<DiscourseMention> mentions_;
  std::vector<Other> others_;
  KeyTable other_names_;
  std::vector<std::uint8_t> in_quote_;  // by token
  KeyTable introduced_;
};

}  // namespace kutip::tagging
