#include "tagging/roles.h"

#include <algorithm>
#include <tuple>

namespace kutip::tagging {
namespace {

using text::Token;
using text::TokenRange;

bool is_content_word(const Grammar& grammar, const Token& token) {
  if ((token.shape & (text::kPunct | text::kSymbol)) != 0) return false;
  return token.word >= grammar.function_words.size() || grammar.function_words[token.word] == 0;
}

struct RoleWords {
  const Findings& findings;
  TokenRange range;

  const Token& at(std::uint32_t token) const { return findings.document.tokens()[token]; }
  bool counts(std::uint32_t token) const { return is_content_word(findings.grammar, at(token)); }
  std::uint32_t count() const {
    std::uint32_t words = 0;
    for (std::uint32_t t = range.begin; t < range.end; ++t) words += counts(t);
    return words;
  }
  std::uint64_t first() const {
    for (std::uint32_t t = range.begin; t < range.end; ++t)
      if (counts(t)) return at(t).hash;
    return 0;
  }
  bool has(std::uint64_t hash) const {
    for (std::uint32_t t = range.begin; t < range.end; ++t)
      if (at(t).hash == hash) return true;
    return false;
  }
  bool all_in(const RoleWords& other) const {
    for (std::uint32_t t = range.begin; t < range.end; ++t)
      if (counts(t) && !other.has(at(t).hash)) return false;
    return true;
  }
};

bool alike(const RoleWords& a, const RoleWords& b) {
  const std::uint32_t words_a = a.count(), words_b = b.count();
  if (words_a == 0 || words_b == 0) return false;
  return words_a <= words_b ? a.all_in(b) : b.all_in(a);
}

}  // namespace

std::uint32_t person_of(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record,
                        std::uint32_t record) {
  const Record& read = findings.records[record];
  if (read.type == kPerson) return entity_of_record[record];
  const FieldValue* name = findings.records.capture(read, Field::kName);
  if (read.type != kSpeaker || name == nullptr) return kNone;
  const std::uint32_t named = find_at(findings, name->range, kPerson);
  return named == kNone ? kNone : entity_of_record[named];
}

void Roles::collect(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record, Annotations& out) {
  mentions_.clear();
  const Records& records = findings.records;
  for (std::uint32_t r = 0; r < records.size(); ++r) {
    if (records[r].type != kPerson && records[r].type != kSpeaker) continue;
    const FieldValue* role = records.capture(records[r], Field::kRole);
    if (role == nullptr) continue;
    const std::uint32_t person = person_of(findings, entity_of_record, r);
    if (person == kNone) continue;
    const FieldValue* of = records.capture(records[r], Field::kOrganization);
    const std::uint32_t organization = find_inside(findings, of != nullptr ? of->range : role->range, kOrganization);
    mentions_.push_back({role->range, person, organization == kNone ? kNone : entity_of_record[organization]});
  }
  // Of roles of one person that stand in one another, the longest is kept.
  std::sort(mentions_.begin(), mentions_.end(), [](const RoleMention& a, const RoleMention& b) {
    return std::tie(a.range.begin, b.range.end, a.person, a.organization) <
           std::tie(b.range.begin, a.range.end, b.person, b.organization);
  });
  found_.clear();
  std::size_t kept = 0;
  for (const RoleMention& mention : mentions_) {
    if (kept > 0 && mentions_[kept - 1].person == mention.person && mentions_[kept - 1].range.contains(mention.range))
      continue;
    mentions_[kept++] = mention;
    found_.push_back({mention.person, {findings.document.span(mention.range), mention.organization}});
  }
  mentions_.resize(kept);
  append_by_entity<Role>(found_, static_cast<std::uint32_t>(out.persons.size()), out.roles,
                         [&](std::uint32_t person) -> Slice& { return out.persons[person].roles; });
}

std::uint32_t Roles::last_holder_before(const Findings& findings, TokenRange role, std::size_t end,
                                        bool same_start) const {
  const RoleWords words{findings, role};
  for (std::size_t i = end; i > 0 && end - i < kMaxCompared; --i) {
    const RoleWords other{findings, mentions_[i - 1].range};
    if ((!same_start || words.first() == other.first()) && alike(words, other)) return mentions_[i - 1].person;
  }
  return kNone;
}

std::uint32_t Roles::holder(const Findings& findings, TokenRange role) const {
  const auto behind = std::lower_bound(mentions_.begin(), mentions_.end(), role.begin,
                                       [](const RoleMention& m, std::uint32_t begin) { return m.range.begin < begin; });
  const auto before = static_cast<std::size_t>(behind - mentions_.begin());
  for (const bool same_start : {true, false}) {
    const std::uint32_t person = last_holder_before(findings, role, before, same_start);
    if (person != kNone) return person;
  }
  std::uint32_t only = kNone;
  const std::size_t end = std::min(mentions_.size(), before + kMaxCompared);
  for (std::size_t i = before; i < end; ++i) {
    if (!alike({findings, role}, {findings, mentions_[i].range})) continue;
    if (only != kNone && only != mentions_[i].person) return kNone;
    only = mentions_[i].person;
  }
  return only;
}

}  // namespace kutip::tagging
