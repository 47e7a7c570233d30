#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tagging/annotations.h"
#include "tagging/findings.h"
#include "tagging/key_table.h"
#include "tagging/mentions.h"

namespace kutip::tagging {

// Makes persons of PERSON records.
//
// Two names are one person's if one is the other with words left out; an initial stands for any word that starts with
// it. A short form that fits several persons goes to the one mentioned last before it, else to the first one after it.
// A nickname (see nickname.h) is a person's if it fits exactly one named before.
// Reused from text to text.
class PersonMerger {
 public:
  // Fills out.persons (with names and mentions, without roles) and `entity_of_record`, which has a place per record.
  // O(tokens of the names * kMaxCompared).
  void merge(const Findings& findings, std::vector<std::uint32_t>& entity_of_record, Annotations& out);

 private:
  // A name in its spelling; all mentions with the same normal form share it.
  struct Name {
    text::TokenRange range;  // of its best spelling: not in capitals, if there is one
    std::uint32_t words = 0, initials = 0, capitals = 0;
    std::uint32_t bytes = 0;
    std::uint32_t first_mention = 0;
    std::uint32_t owner = kNone;         // the fullest name of the person, itself if it is that
    Slice owners;                        // of owners_: several that fit
    std::uint32_t last_mention = kNone;  // of an owner, as far as mentions are assigned
    std::uint32_t person = kNone;
  };
  struct NameMention {
    std::uint32_t record = 0;
    std::uint32_t name = 0;
    std::uint32_t owner = 0;
  };

  void collect(const Findings& findings);
  void add_spelling(const text::Document& document, std::uint32_t name, text::TokenRange range);
  void find_owners(const text::Document& document);
  void add_owner(const text::Document& document, std::uint32_t name);
  std::uint32_t bearer_of_nickname(const text::Document& document, std::uint32_t name);
  void assign_mentions();
  std::uint32_t owner_of_mention(const Name& name) const;

  static constexpr std::uint32_t kMaxCompared = 64;
  static constexpr std::uint32_t kMaxOwners = 8;

  std::vector<NameMention> mentions_;
  std::vector<Name> names_;
  KeyTable known_names_;
  std::vector<std::uint32_t> by_fullness_;
  KeyedLists owners_by_word_;    // hash of a word -> owning names
  KeyedLists owners_by_letter_;  // first letter of a word -> owning names
  std::vector<std::uint32_t> owners_;
  std::string nickname_;                 // normal forms, while compared
  std::vector<std::string> full_words_;  //
  std::vector<Of<Mention>> found_;
};

}  // namespace kutip::tagging
