#include "loading/lexicon_file.h"

#include <algorithm>
#include <string>

#include "loading/raw_bytes_check.h"
#include "text/canonical_form.h"
#include "text/utf8.h"

namespace kutip::loading {
namespace {

constexpr std::string_view kSpace = " \t";

// One line of the file and the rows it goes to.
class LineReader {
 public:
  LineReader(const SourceText& source, LexiconRows& rows, Findings& findings)
      : source_(source), rows_(rows), findings_(findings) {}

  void read(std::size_t number) {
    number_ = number;
    line_ = source_.line(number);
    if (line_.starts_with('#') || line_.find_first_not_of(kSpace) == std::string_view::npos) return;
    const std::size_t first_cell = rows_.cells.size();
    std::string_view rest = line_;
    for (std::size_t column = 0; column < rows_.column_count; ++column) rows_.cells.push_back(take_cell(rest));
    if (rest.data() != nullptr && !rest.empty()) report_too_many(rest);
    const std::string_view form = rows_.cells[first_cell];
    if (form.empty()) {
      rows_.cells.resize(first_cell);
      findings_.report(Code::kEmptyForm, range(line_.substr(0, 1)), "an entry without a form").expected =
          "the form in the first column";
      return;
    }
    if (!text::is_nfc(form)) report_not_composed(form);
    rows_.forms.push_back({source_.file(), static_cast<std::uint32_t>(number + 1), 1,
                           1 + static_cast<std::uint32_t>(text::count_code_points(form))});
  }

 private:
  SourceRange range(std::string_view part) const {
    const std::size_t begin = source_.line_begin(number_) + static_cast<std::size_t>(part.data() - line_.data());
    return source_.range(begin, begin + part.size());
  }

  // Cuts the first column off `rest`, which is nullptr behind the last one.
  std::string_view take_cell(std::string_view& rest) {
    if (rest.data() == nullptr) return {};
    const std::size_t tab = rest.find('\t');
    const std::string_view cell = rest.substr(0, tab);
    rest = tab == std::string_view::npos ? std::string_view() : rest.substr(tab + 1);
    if (cell.empty()) return cell;
    const std::string_view trimmed = cell.front() != ' ' && cell.back() != ' ' ? cell : trim(cell);
    if (const std::size_t gap = trimmed.find("  "); gap != std::string_view::npos) report_gap(trimmed.substr(gap));
    return trimmed;
  }

  std::string_view trim(std::string_view cell) {
    const std::size_t begin = std::min(cell.find_first_not_of(' '), cell.size());
    const std::size_t end = begin == cell.size() ? begin : cell.find_last_not_of(' ') + 1;
    const bool at_begin = begin != 0;
    Diagnostic& d =
        findings_.report(Code::kSpaceAroundColumn, range(at_begin ? cell.substr(0, begin) : cell.substr(end)),
                         at_begin ? "a space before the text of a column" : "a space behind the text of a column");
    d.expected = "a TAB between columns and nothing around them";
    d.help = "the space is left out; delete it";
    return cell.substr(begin, end - begin);
  }

  // `spaces_and_rest` begins with them.
  void report_gap(std::string_view spaces_and_rest) {
    const std::size_t count = std::min(spaces_and_rest.find_first_not_of(' '), spaces_and_rest.size());
    Diagnostic& d = findings_.report(Code::kSpaceAroundColumn, range(spaces_and_rest.substr(0, count)),
                                     "several spaces inside a column");
    d.expected = "a TAB between columns, one space between words";
    d.help = "if two columns are meant, put a TAB there: some editors write spaces for it";
  }

  void report_too_many(std::string_view rest) {
    const std::size_t count = rows_.column_count;
    Diagnostic& d = findings_.report(Code::kTooManyColumns, range(rest), "more columns than the lexicon declares");
    d.expected = count == 1 ? "one column" : "at most " + std::to_string(count) + " columns";
    d.help = "name the column in `columns`, or remove it";
  }

  void report_not_composed(std::string_view form) {
    Diagnostic& d = findings_.report(Code::kNotComposed, range(form), "a form that is not in NFC");
    d.expected = "composed characters (NFC)";
    d.help = "the form is found all the same; composed it would be";
    d.replacement = text::to_nfc(form);
  }

  const SourceText& source_;
  LexiconRows& rows_;
  Findings& findings_;
  std::size_t number_ = 0;
  std::string_view line_;
};

}  // namespace

LexiconRows read_lexicon_file(const SourceText& source, std::size_t column_count, Findings& findings) {
  LexiconRows rows;
  rows.column_count = column_count;
  if (!check_raw_bytes(source, findings)) return rows;
  rows.cells.reserve(source.line_count() * column_count);
  rows.forms.reserve(source.line_count());
  LineReader reader(source, rows, findings);
  for (std::size_t n = 0; n < source.line_count(); ++n) reader.read(n);
  return rows;
}

}  // namespace kutip::loading
