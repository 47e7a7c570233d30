#include "tagging/organizations.h"

#include <algorithm>
#include <tuple>

#include "tagging/names.h"

namespace kutip::tagging {
namespace {

using text::TokenRange;

// Which spelling names an organization that has no canonical name: a long form before a short one before a slip, then
// the one with most tokens.
std::uint32_t rank_of(const Record& record) {
  if (record.misspelt) return 1;
  const std::uint32_t tokens = std::min<std::uint32_t>(record.range.size(), 0xFFFF);
  return ((record.forms & kFormAcronym) != 0 ? 0u : 0x10000u) + 1 + tokens;
}

}  // namespace

std::uint32_t OrganizationMerger::key_of(std::uint64_t key) {
  const std::uint32_t number = keys_.add(key);
  if (number == parents_.size()) parents_.push_back(number);
  return number;
}

std::uint32_t OrganizationMerger::root(std::uint32_t key) {
  while (parents_[key] != key) key = parents_[key] = parents_[parents_[key]];
  return key;
}

void OrganizationMerger::unite(std::uint32_t a, std::uint32_t b) {
  a = root(a);
  b = root(b);
  parents_[std::max(a, b)] = std::min(a, b);
}

void OrganizationMerger::collect(const Findings& findings) {
  mentions_.clear();
  keys_.clear();
  parents_.clear();
  defined_.clear();
  const Records& records = findings.records;
  for (std::uint32_t r = 0; r < records.size(); ++r)
    if (records[r].type == kOrganization) mentions_.push_back({r, 0});
  std::sort(mentions_.begin(), mentions_.end(), [&](const NamedMention& a, const NamedMention& b) {
    const TokenRange x = records[a.record].range, y = records[b.record].range;
    return std::tie(x.begin, y.end, a.record) < std::tie(y.begin, x.end, b.record);
  });
  for (NamedMention& mention : mentions_) {
    const Record& record = records[mention.record];
    mention.key = key_of(name_key(findings.document, record.range));
    // As it stands, too: a canonical name from a lexicon is compared without being cut into tokens.
    unite(mention.key, key_of(string_key(findings.document.text(record.range))));
    const std::string_view canonical = field_text(findings, records.field(record, Field::kName));
    if (!canonical.empty()) unite(mention.key, key_of(string_key(canonical)));
    const std::string_view acronym = field_text(findings, records.field(record, Field::kAcronym));
    if (!acronym.empty()) define(string_key(acronym), mention.key);
  }
}

// The first definition of a short form counts.
void OrganizationMerger::define(std::uint64_t form, std::uint32_t of) {
  const std::uint32_t defined = defined_.size();
  if (defined_.add(form) == defined) unite(of, key_of(form));
}

void OrganizationMerger::add_text(std::vector<Of<std::string_view>>& to, std::uint32_t organization,
                                  std::string_view text) {
  if (text.empty()) return;
  const std::uint32_t seen = texts_seen_.size();
  if (texts_seen_.add(string_key(text) + organization) == seen) to.push_back({organization, text});
}

void OrganizationMerger::describe(const Findings& findings, const Record& record, std::uint32_t organization,
                                  Annotations& out) {
  const Records& records = findings.records;
  Organization& made = out.organizations[organization];
  if (made.name.empty()) made.name = field_text(findings, records.field(record, Field::kName));
  if (made.category.empty()) made.category = field_text(findings, records.field(record, Field::kCategory));
  add_text(acronyms_, organization, field_text(findings, records.field(record, Field::kAcronym)));
  add_text(ids_, organization, field_text(findings, records.field(record, Field::kId)));
  if ((record.forms & kFormAcronym) != 0 && !record.misspelt)
    add_text(acronyms_, organization, findings.document.text(record.range));
  BestName& best = best_names_[organization];
  const std::uint32_t rank = rank_of(record);
  if (rank > best.rank) best = {rank, record.range};
}

void OrganizationMerger::merge(const Findings& findings, std::span<const NameLink> links,
                               std::vector<std::uint32_t>& entity_of_record, Annotations& out) {
  collect(findings);
  for (const NameLink& link : links)
    define(string_key(findings.document.text(link.form)), key_of(name_key(findings.document, link.of)));
  organization_of_key_.assign(parents_.size(), kNone);
  best_names_.clear();
  texts_seen_.clear();
  acronyms_.clear();
  ids_.clear();
  found_.clear();
  TokenRange previous;
  std::uint32_t covered = 0;  // end of the longest mention so far
  for (const NamedMention& mention : mentions_) {
    std::uint32_t& organization = organization_of_key_[root(mention.key)];
    if (organization == kNone) {
      organization = static_cast<std::uint32_t>(out.organizations.size());
      out.organizations.emplace_back();
      best_names_.emplace_back();
    }
    const Record& record = findings.records[mention.record];
    entity_of_record[mention.record] = organization;
    describe(findings, record, organization, out);
    if (record.range == previous) continue;
    previous = record.range;
    Mention made;
    made.span = findings.document.span(record.range);
    made.form = (record.forms & kFormAcronym) != 0 ? MentionForm::kAcronym : MentionForm::kName;
    made.misspelt = record.misspelt;
    made.nested = record.range.end <= covered;
    made.rule = record.rule;
    covered = std::max(covered, record.range.end);
    found_.push_back({organization, made});
  }
  const auto count = static_cast<std::uint32_t>(out.organizations.size());
  auto& all = out.organizations;
  for (std::uint32_t o = 0; o < count; ++o) {
    all[o].name_in_text = name_text(findings.document, best_names_[o].range, out.strings);
    if (all[o].name.empty()) all[o].name = all[o].name_in_text;
  }
  append_by_entity<Mention>(found_, count, out.mentions, [&](std::uint32_t o) -> Slice& { return all[o].mentions; });
  append_by_entity<std::string_view>(acronyms_, count, out.texts,
                                     [&](std::uint32_t o) -> Slice& { return all[o].acronyms; });
  append_by_entity<std::string_view>(ids_, count, out.texts,
                                     [&](std::uint32_t o) -> Slice& { return all[o].external_ids; });
}

}  // namespace kutip::tagging
