#include "text/word_shape.h"

#include "text/char_at.h"
#include "text/token.h"

namespace kutip::text {
namespace {

// What is seen of a word, character by character. Parts are what hyphens, full stops, apostrophes and separators leave.
class WordSketch {
 public:
  void add(CharClass c) {
    if (is_letter(c)) {
      add_letter(c == CharClass::kUpper);
    } else if (c == CharClass::kDigit) {
      add_digit();
    } else if (c != CharClass::kExtend) {
      end_part();
      all_initials_ = all_initials_ && c == CharClass::kFullStop;
      behind_hyphen_ = c == CharClass::kHyphen;
    }
  }

  std::uint16_t shape() {
    end_part();
    if (starts_with_digit_) return letters_ == 0 || (uppers_ == 0 && !ends_in_digit_) ? kNumber : kMixed;
    if (uppers_ == 0) return kLower;
    if (all_initials_) return kInitial | kCapital;
    if (uppers_ == letters_ && letters_ > 1 && !ends_in_digit_) return kUpper | kCapital;
    if (title_ && letters_ > 1) return kTitle | kCapital;
    return starts_with_capital_ ? kMixed | kCapital : kMixed;
  }

 private:
  void add_letter(bool upper) {
    if (!started()) starts_with_capital_ = upper;
    if (part_letters_ == 0) part_starts_with_capital_ = upper;
    ++letters_;
    ++part_letters_;
    uppers_ += upper;
    part_uppers_ += upper;
    part_ends_in_digit_ = false;
  }

  void add_digit() {
    if (!started()) starts_with_digit_ = true;
    ++part_digits_;
    ++digits_;
    part_ends_in_digit_ = true;
  }

  void end_part() {
    if (part_letters_ + part_digits_ == 0) return;
    if (part_letters_ != 0 || !behind_hyphen_) {  // else a number that does not count, like -19
      ends_in_digit_ = part_ends_in_digit_;
      if (part_digits_ != 0) title_ = false;
    }
    if (part_uppers_ > 1 || (part_uppers_ == 1 && !part_starts_with_capital_)) title_ = false;
    if (part_uppers_ != 1 || part_letters_ != 1 || part_digits_ != 0) all_initials_ = false;
    if (first_part_ && part_uppers_ == 0) title_ = false;
    first_part_ = false;
    part_letters_ = part_uppers_ = part_digits_ = 0;
  }

  bool started() const { return letters_ + digits_ != 0; }

  std::size_t letters_ = 0, uppers_ = 0, digits_ = 0;
  std::size_t part_letters_ = 0, part_uppers_ = 0, part_digits_ = 0;
  bool starts_with_digit_ = false, starts_with_capital_ = false, part_starts_with_capital_ = false;
  bool first_part_ = true, behind_hyphen_ = false, part_ends_in_digit_ = false, ends_in_digit_ = false;
  bool title_ = true, all_initials_ = true;
};

}  // namespace

std::uint16_t shape_of_word(std::string_view word) {
  WordSketch sketch;
  for (std::size_t i = 0; i < word.size();) {
    const CharAt c = char_at(word, i);
    sketch.add(c.char_class);
    i += c.size;
  }
  return sketch.shape();
}

}  // namespace kutip::text
