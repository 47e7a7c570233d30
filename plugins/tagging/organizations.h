#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tagging/aliases.h"
#include "tagging/annotations.h"
#include "tagging/findings.h"
#include "tagging/key_table.h"
#include "tagging/mentions.h"

namespace kutip::tagging {

// Makes organizations of ORGANIZATION records: mentions with one canonical name, mentions that read alike, and a short
// form with what it was defined to stand for are one organization. Reused from text to text.
class OrganizationMerger {
 public:
  // Fills out.organizations and their places in `entity_of_record`. O(tokens of the names).
  void merge(const Findings& findings, std::span<const NameLink> links, std::vector<std::uint32_t>& entity_of_record,
             Annotations& out);

 private:
  struct NamedMention {
    std::uint32_t record = 0;
    std::uint32_t key = 0;
  };

  void collect(const Findings& findings);
  void define(std::uint64_t form, std::uint32_t of);
  std::uint32_t key_of(std::uint64_t key);
  std::uint32_t root(std::uint32_t key);
  void unite(std::uint32_t a, std::uint32_t b);
  void describe(const Findings& findings, const Record& record, std::uint32_t organization, Annotations& out);
  void add_text(std::vector<Of<std::string_view>>& to, std::uint32_t organization, std::string_view text);

  std::vector<NamedMention> mentions_;
  KeyTable keys_;                       // of canonical names and of what mentions say
  std::vector<std::uint32_t> parents_;  // union-find over the numbers of keys_
  KeyTable defined_;                    // short forms that have their definition
  std::vector<std::uint32_t> organization_of_key_;
  struct BestName {
    std::uint32_t rank = 0;
    text::TokenRange range;
  };
  std::vector<BestName> best_names_;  // by organization
  KeyTable texts_seen_;
  std::vector<Of<std::string_view>> acronyms_, ids_;
  std::vector<Of<Mention>> found_;
};

}  // namespace kutip::tagging
