#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tagging/annotations.h"
#include "tagging/discourse.h"
#include "tagging/findings.h"
#include "tagging/mentions.h"
#include "tagging/quotes.h"

namespace kutip::tagging {

// Finds who says each quote and makes the speakers. Reused from text to text.
class Attribution {
 public:
  // Sets the speaker of each of out.quotes, as far as one is known, and fills out.speakers. REQUIRES: persons,
  // organizations, roles and quotes of `out` are complete. O(tokens + (quotes + records) * log).
  void attribute(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record, const Roles& roles,
                 const std::vector<QuotePlace>& places, Annotations& out);

 private:
  struct Said {
    Referent who;
    SpeakerMention mention;  // empty range: none beside the cue
    float confidence = 0;
  };

  Said said_by(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record, const Roles& roles,
               const std::vector<QuotePlace>& places, std::uint32_t quote, const Annotations& out);
  void collect_acts(const Findings& findings);
  // Takes note of the acts of speech without a quote (STOPs with a speaker) that stand before `token`.
  void note_acts_before(std::uint32_t token, const Findings& findings,
                        const std::vector<std::uint32_t>& entity_of_record, const Roles& roles);
  Antecedent look_back(const Findings& findings, const std::vector<QuotePlace>& places, std::uint32_t quote,
                       std::uint32_t token, bool group, const Annotations& out) const;
  Antecedent look_ahead(const QuotePlace& place) const;
  void remember(const Findings& findings, std::uint32_t first_sentence, std::uint32_t last_sentence,
                const Referent& who);
  std::uint32_t speaker_of(const Findings& findings, const Referent& who, Annotations& out);
  void link(const Findings& findings, const Said& said, std::uint32_t quote, Annotations& out);
  void gather_mentions(Annotations& out);
  void order_by_first_mention(Annotations& out);

  Discourse discourse_;
  std::optional<LastSpeaker> last_speaker_, last_person_;  // of quotes that are in no other
  std::vector<std::uint32_t> speaker_of_person_, speaker_of_organization_, speaker_of_other_;
  std::vector<std::uint32_t> acts_;       // records, by begin
  std::size_t next_act_ = 0;              // of acts_, not yet taken note of
  std::vector<Of<Mention>> beside_cues_;  // by speaker
  std::vector<Of<Mention>> found_;
};

}  // namespace kutip::tagging
