#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tagging/annotations.h"
#include "tagging/findings.h"
#include "tagging/mentions.h"

namespace kutip::tagging {

// Which persons hold which titles and offices, as the text says beside their names. Reused from text to text.
class Roles {
 public:
  // Takes the `role` fields of PERSON and SPEAKER records and fills persons' roles in `out`. O(records * log).
  void collect(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record, Annotations& out);

  // The person that `role`, standing alone, refers to, or kNone: the last one before it with such a role; else the only
  // one behind it. Two roles are alike if the words of the shorter, function words aside, all stand in the longer;
  // those that begin alike are preferred. Looks at no more than kMaxCompared roles on each side.
  std::uint32_t holder(const Findings& findings, text::TokenRange role) const;

 private:
  struct RoleMention {
    text::TokenRange range;
    std::uint32_t person = 0;
    std::uint32_t organization = kNone;
  };
  std::uint32_t last_holder_before(const Findings& findings, text::TokenRange role, std::size_t end,
                                   bool same_start) const;

  static constexpr std::size_t kMaxCompared = 64;

  std::vector<RoleMention> mentions_;  // by begin
  std::vector<Of<Role>> found_;
};

// The person named by a record (PERSON, or the `name` of a SPEAKER), or kNone.
std::uint32_t person_of(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record,
                        std::uint32_t record);

}  // namespace kutip::tagging
