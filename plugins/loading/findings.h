#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "loading/diagnostic.h"
#include "loading/diagnostic_codes.h"

namespace kutip::loading {

// Collects what is wrong with a set of files. Of one kind of mistake in one file only the first kMaxOfAKind are kept,
// so that a broken lexicon of a million lines gives a list one can read.
class Findings {
 public:
  static constexpr std::size_t kMaxOfAKind = 50;

  // False if the next mistake of this kind in this file is one too many, so that no effort need go into its wording.
  bool wants(Code code, SourceRange where) const;

  // The same mistake at the same place is kept once. The reference is valid until the next call.
  Diagnostic& report(Code code, SourceRange where, std::string message);

  // Reports all that `others` holds, as if it had been reported here.
  void append(Findings others);

  // Grows with every error that is reported, kept or not.
  std::size_t error_count() const { return error_count_; }
  // Sorted by file, line, column, code; empties the collection.
  std::vector<Diagnostic> take();

 private:
  std::vector<Diagnostic> diagnostics_;
  std::vector<Code> codes_;  // parallel to diagnostics_
  std::map<std::pair<std::uint32_t, Code>, std::size_t> of_a_kind_;
  std::unordered_set<std::string> reported_;
  Diagnostic dropped_;
  std::size_t error_count_ = 0;
};

// `name`, as messages show names; long ones are cut.
std::string quoted(std::string_view name);

}  // namespace kutip::loading
