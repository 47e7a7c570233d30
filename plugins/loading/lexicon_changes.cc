#include "loading/lexicon_changes.h"

#include <algorithm>
#include <map>

#include "loading/names.h"

namespace kutip::loading {
namespace {

struct Removal {
  const Name* name = nullptr;
  bool done = false;
};

void report_not_there(const Name& form, const LexiconSpec& lexicon, const LexiconRows& rows, Findings& findings) {
  std::vector<std::string> known;
  if (findings.wants(Code::kNoSuchEntry, form.where))
    for (std::size_t row = 0; row < rows.size(); ++row) known.emplace_back(rows.row(row)[0]);
  Diagnostic& d = report_unknown(Code::kNoSuchEntry, form.where, "entry", form.value, known, findings);
  d.message = "the lexicon " + quoted(lexicon.name.value) + " has no entry " + quoted(form.value);
}

void remove_forms(const LexiconSpec& lexicon, LexiconRows& rows, Findings& findings) {
  std::map<std::string_view, Removal> removals;
  for (const Name& form : lexicon.removed) removals[form.value].name = &form;
  LexiconRows kept;
  kept.column_count = rows.column_count;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto cells = rows.row(row);
    if (const auto at = removals.find(cells[0]); at != removals.end()) {
      at->second.done = true;
      continue;
    }
    kept.cells.insert(kept.cells.end(), cells.begin(), cells.end());
    kept.forms.push_back(rows.forms[row]);
  }
  for (const auto& [form, removal] : removals)
    if (!removal.done) report_not_there(*removal.name, lexicon, rows, findings);
  rows = std::move(kept);
}

void append_entry(const AddedEntry& entry, std::span<const std::string> columns, LexiconRows& rows,
                  Findings& findings) {
  const std::size_t first = rows.cells.size();
  rows.cells.resize(first + rows.column_count);
  rows.cells[first] = entry.form.value;
  rows.forms.push_back(entry.form.where);
  for (const auto& [name, value] : entry.columns) {
    const auto at = std::find(columns.begin(), columns.end(), name.value);
    if (at == columns.end())
      report_unknown(Code::kUnknownColumn, name.where, "column", name.value, columns, findings);
    else
      rows.cells[first + static_cast<std::size_t>(at - columns.begin())] = value.value;
  }
}

void append_file(const Name& path, std::span<const SourceFile> files, const FileIndex& index, LexiconRows& rows,
                 Findings& findings) {
  const auto file = index.find(path.value);
  if (!file) {
    findings.report(Code::kLexiconFileMissing, path.where, "there is no file " + quoted(path.value)).expected =
        "a path below the overlay's folder, with / between folders";
    return;
  }
  const LexiconRows added = read_lexicon_file(SourceText(*file, files[*file].content), rows.column_count, findings);
  rows.cells.insert(rows.cells.end(), added.cells.begin(), added.cells.end());
  rows.forms.insert(rows.forms.end(), added.forms.begin(), added.forms.end());
}

}  // namespace

void apply_changes(const LexiconSpec& lexicon, std::span<const std::string> columns, std::span<const SourceFile> files,
                   const FileIndex& index, LexiconRows& rows, Findings& findings) {
  if (!lexicon.removed.empty()) remove_forms(lexicon, rows, findings);
  for (const AddedEntry& entry : lexicon.added) append_entry(entry, columns, rows, findings);
  for (const Name& path : lexicon.added_files) append_file(path, files, index, rows, findings);
}

}  // namespace kutip::loading
