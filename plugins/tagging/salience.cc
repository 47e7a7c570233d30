#include "tagging/salience.h"

#include <algorithm>

namespace kutip::tagging {
namespace {

// Weights after the salience factors of S. Lappin and H. Leass (1994, "An Algorithm for Pronominal Anaphora
// Resolution"), as far as they can be had without parsing: the speaker of the last quote counts as subject of what was
// said last; the first person of a sentence as its subject.
constexpr float kSpoke = 2.2f;
constexpr float kMentioned = 0.6f;
constexpr float kLeads = 1.2f;
constexpr float kOpens = 0.2f;
constexpr float kIntroduced = 0.6f;
constexpr float kPerParagraph = 0.5f;
constexpr float kPerSentence = 0.05f;
constexpr std::uint32_t kFarthest = 6;  // paragraphs or sentences beyond this cost no more

constexpr float kSureOfSpeaker = 0.7f;
constexpr float kSureOfMention = 0.65f;
constexpr float kSureOfOrganization = 0.5f;
constexpr float kLeastSure = 0.3f;

float distance_cost(std::uint32_t from, std::uint32_t to, float each) {
  return each * static_cast<float>(std::min(to > from ? to - from : 0, kFarthest));
}

// The same or the adjacent paragraph costs no confidence.
float confidence(float sure, std::uint32_t from_paragraph, std::uint32_t to_paragraph) {
  const std::uint32_t far = to_paragraph > from_paragraph + 1 ? to_paragraph - from_paragraph - 1 : 0;
  return std::max(kLeastSure, sure - 0.1f * static_cast<float>(std::min(far, kFarthest)));
}

bool can_mean(const Referent& who, bool group) {
  if (group) return who.kind == Referent::Kind::kOrganization || who.group;
  return who.kind != Referent::Kind::kOrganization && !who.group;
}

std::size_t first_not_before(std::span<const DiscourseMention> mentions, std::uint32_t token) {
  const auto it = std::lower_bound(mentions.begin(), mentions.end(), token,
                                   [](const DiscourseMention& m, std::uint32_t t) { return m.token < t; });
  return static_cast<std::size_t>(it - mentions.begin());
}

float weight(const DiscourseMention& mention, const PronounPlace& place) {
  return kMentioned + (mention.leads ? kLeads : 0.0f) + (mention.opens ? kOpens : 0.0f) +
         (mention.introduced ? kIntroduced : 0.0f) - distance_cost(mention.paragraph, place.paragraph, kPerParagraph) -
         distance_cost(mention.sentence, place.sentence, kPerSentence);
}

}  // namespace

Antecedent find_antecedent(std::span<const DiscourseMention> mentions, const PronounPlace& place,
                           const std::optional<LastSpeaker>& last_speaker,
                           const std::optional<LastSpeaker>& last_person) {
  std::optional<LastSpeaker> last;
  for (const auto& spoke : {last_speaker, last_person})
    if (!last && spoke && can_mean(spoke->who, place.group)) last = spoke;
  Antecedent best;
  float best_weight = -1000.0f;
  if (last) {
    best = {last->who, confidence(kSureOfSpeaker, last->paragraph, place.paragraph)};
    best_weight = kSpoke - distance_cost(last->paragraph, place.paragraph, kPerParagraph) -
                  distance_cost(last->last_sentence, place.sentence, kPerSentence);
  }
  std::uint32_t seen = 0;
  for (std::size_t i = first_not_before(mentions, place.token); i > 0 && seen < kMaxLookBack; --i, ++seen) {
    const DiscourseMention& mention = mentions[i - 1];
    // What stands before the last quote competed for that one.
    if (last && mention.sentence <= last->last_sentence && mention.sentence != place.sentence) break;
    if (mention.quoted || !can_mean(mention.who, place.group)) continue;
    const float its_weight = weight(mention, place);
    if (its_weight <= best_weight) continue;
    best_weight = its_weight;
    best = {mention.who, confidence(kSureOfMention, mention.paragraph, place.paragraph)};
  }
  if (best.who.nobody() && last_speaker && !place.group)
    best = {last_speaker->who, confidence(kSureOfOrganization, last_speaker->paragraph, place.paragraph)};
  return best;
}

Antecedent find_antecedent_within(std::span<const DiscourseMention> mentions, const PronounPlace& place,
                                  text::TokenRange within) {
  std::uint32_t seen = 0;
  for (std::size_t i = first_not_before(mentions, place.token); i > 0 && seen < kMaxLookBack; --i, ++seen) {
    const DiscourseMention& mention = mentions[i - 1];
    if (mention.token < within.begin) break;
    if (can_mean(mention.who, place.group)) return {mention.who, kSureOfOrganization};
  }
  return {};
}

}  // namespace kutip::tagging
