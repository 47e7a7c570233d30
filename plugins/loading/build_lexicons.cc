#include "loading/build_lexicons.h"

#include <algorithm>
#include <deque>

#include "loading/file_index.h"
#include "loading/lexicon_changes.h"
#include "loading/lexicon_file.h"
#include "loading/nearest_name.h"
#include "loading/source_text.h"
#include "text/vocabulary.h"

namespace kutip::loading {
namespace {

using matching::LexiconId;
using matching::LexiconMatch;

// The rows of one lexicon with the names of their columns; `form` is the first.
struct Table {
  std::vector<std::string> columns = {"form"};
  LexiconRows rows;
  bool derived = false;  // its rows are another lexicon's, and were checked there
};

// Index of the column, or the number of columns.
std::size_t column_at(const Table& table, std::string_view name) {
  return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), name) - table.columns.begin());
}

std::string_view cell(const Table& table, std::size_t row, std::size_t column) {
  return column < table.columns.size() ? table.rows.row(row)[column] : std::string_view();
}

// Reads or derives the rows of all lexicons, parts first.
class TableReader {
 public:
  TableReader(const Symbols& symbols, const ColumnNumbers& columns, std::span<const SourceFile> files,
              Findings& findings)
      : symbols_(symbols),
        columns_(columns),
        files_(files),
        index_(files),
        findings_(findings),
        tables_(symbols.lexicons_with_entries().size()) {}

  std::vector<Table> read_all() {
    for (const std::size_t index : symbols_.build_order()) {
      const DeclaredLexicon& lexicon = symbols_.lexicons()[index];
      if (lexicon.spec->union_of || lexicon.ids.empty()) continue;
      Table& table = tables_[lexicon.ids.front()] = read(lexicon);
      apply_changes(*lexicon.spec, table.columns, files_, index_, table.rows, findings_);
    }
    return std::move(tables_);
  }

  // Forms with suffixes, which stand in no file; the tables refer to them.
  std::deque<std::string>& made_forms() { return made_forms_; }

 private:
  Table read(const DeclaredLexicon& lexicon) {
    if (lexicon.spec->words) return read_words(*lexicon.spec->words);
    if (lexicon.spec->from.given()) return derive(lexicon);
    return read_file(lexicon);
  }

  static Table read_words(const Names& words) {
    Table table;
    for (const Name& word : words) {
      table.rows.cells.push_back(word.value);
      table.rows.forms.push_back(word.where);
    }
    return table;
  }

  void propose_file(std::string_view folder, std::string_view name, Diagnostic& d) const {
    std::vector<std::string> others;
    for (const std::uint32_t file : index_.in_order()) {
      const std::string_view path = files_[file].path;
      const bool below = folder.empty() || (path.starts_with(folder) && path.substr(folder.size()).starts_with('/'));
      if (below && !path.ends_with(".yaml")) others.emplace_back(path.substr(folder.empty() ? 0 : folder.size() + 1));
    }
    const auto nearest = nearest_name(name, others);
    if (!nearest) return;
    d.help = "did you mean " + quoted(*nearest) + "?";
    d.replacement = *nearest;
  }

  Table read_file(const DeclaredLexicon& lexicon) {
    Table table;
    const std::string& folder = symbols_.plugins()[lexicon.plugin]->folder;
    const Name& name = lexicon.spec->file;
    const std::string path = folder.empty() ? name.value : folder + "/" + name.value;
    const auto file = index_.find(path);
    if (!file) {
      Diagnostic& d = findings_.report(Code::kLexiconFileMissing, name.where, "there is no file " + quoted(path));
      d.expected = "a path below the plugin's folder, with / between folders";
      propose_file(folder, name.value, d);
      return table;
    }
    table.columns = columns_.columns_of(lexicon.ids.front());
    const SourceText source(*file, files_[*file].content);
    const std::size_t errors = findings_.error_count();
    table.rows = read_lexicon_file(source, table.columns.size(), findings_);
    if (table.rows.size() == 0 && findings_.error_count() == errors)
      findings_.report(Code::kEmptyLexicon, name.where,
                       "the lexicon " + quoted(lexicon.spec->name.value) + " has no entries");
    return table;
  }

  Table derive(const DeclaredLexicon& lexicon) {
    Table table;
    table.columns = columns_.columns_of(lexicon.ids.front());
    table.rows.column_count = table.columns.size();
    table.derived = true;
    for (const std::size_t part : lexicon.parts)
      for (const LexiconId id : symbols_.lexicons()[part].ids)
        append_derived(tables_[id], lexicon.spec->suffix.value, table);
    return table;
  }

  void append_derived(const Table& base, const std::string& suffix, Table& table) {
    const std::size_t lemma = column_at(base, "lemma");
    for (std::size_t row = 0; row < base.rows.size(); ++row) {
      const std::string_view form = cell(base, row, 0);
      for (const std::string& column : table.columns) {
        std::string_view value = cell(base, row, column_at(base, column));
        if (&column == &table.columns.front()) value = made_forms_.emplace_back(std::string(form) + suffix);
        if (column == "lemma") value = cell(base, row, lemma).empty() ? form : cell(base, row, lemma);
        table.rows.cells.push_back(value);
      }
      table.rows.forms.push_back(base.rows.forms[row]);
    }
  }

  const Symbols& symbols_;
  const ColumnNumbers& columns_;
  std::span<const SourceFile> files_;
  FileIndex index_;
  Findings& findings_;
  std::vector<Table> tables_;
  std::deque<std::string> made_forms_;
};

// The first row of each form of a table, by the form's hash: open addressing, at most half full.
class FirstRows {
 public:
  void reset(std::size_t rows) {
    std::size_t size = 16;
    while (size < 2 * rows) size *= 2;
    slots_.assign(size, {});
  }
  // Of the form with this hash; `row` itself if it is the first.
  std::size_t first(std::uint64_t hash, std::size_t row) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = (hash ^ (hash >> 32)) & mask;
    while (slots_[i].row_after != 0 && slots_[i].hash != hash) i = (i + 1) & mask;
    if (slots_[i].row_after == 0) slots_[i] = {hash, row + 1};
    return slots_[i].row_after - 1;
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::size_t row_after = 0;  // 0: empty
  };
  std::vector<Slot> slots_;
};

// Adds tables to the set, each entry cut into tokens.
class EntryWriter {
 public:
  EntryWriter(const ColumnNumbers& columns, const text::TextRules& text_rules, text::Vocabulary& vocabulary,
              Findings& findings)
      : columns_(columns), text_rules_(text_rules), builder_(vocabulary), findings_(findings) {}

  // Returns the number of entries.
  std::uint32_t write(const DeclaredLexicon& lexicon, LexiconMatch match, const Table& table, bool lemma_read,
                      bool cover_only) {
    const std::vector<int> sources = layout(table, lemma_read);
    const LexiconId id = builder_.add_lexicon(lexicon.spec->name.value, match, names_of(sources), cover_only);
    first_rows_.reset(table.rows.size());
    std::uint32_t count = 0;
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      if (add_row(id, match, table, row, sources)) ++count;
    return count;
  }

  matching::LexiconSet build() { return std::move(builder_).build(); }

 private:
  static constexpr int kHole = -1;

  // For each column of the common numbering, up to the last one the lexicon has: its column in the table.
  std::vector<int> layout(const Table& table, bool lemma_read) const {
    std::vector<int> sources;
    for (const std::string& name : columns_.names()) {
      const std::size_t at = column_at(table, name);
      sources.push_back(at < table.columns.size() ? static_cast<int>(at) : kHole);
    }
    std::size_t size = sources.size();
    while (size > 0 && sources[size - 1] == kHole) --size;
    if (lemma_read) size = std::max<std::size_t>(size, kLemmaColumn + 1);
    sources.resize(size);
    has_lemma_ = lemma_read || (size > kLemmaColumn && sources[kLemmaColumn] != kHole);
    return sources;
  }

  std::vector<std::string> names_of(const std::vector<int>& sources) const {
    std::vector<std::string> names(columns_.names().begin(),
                                   columns_.names().begin() + static_cast<std::ptrdiff_t>(sources.size()));
    for (std::size_t i = 0; i < names.size(); ++i)
      if (sources[i] == kHole && !(i == kLemmaColumn && has_lemma_)) names[i].clear();
    return names;
  }

  bool add_row(LexiconId id, LexiconMatch match, const Table& table, std::size_t row, const std::vector<int>& sources) {
    const std::string_view form = cell(table, row, 0);
    const std::vector<std::string> tokens = text::tokenize_normal_forms(form, text_rules_);
    if (!check_tokens(tokens, table.rows.forms[row]) || !check_new(tokens, form, match, table, row)) return false;
    values_.clear();
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::string_view value =
          sources[i] == kHole ? std::string_view() : cell(table, row, static_cast<std::size_t>(sources[i]));
      values_.push_back(i == kLemmaColumn && has_lemma_ && value.empty() ? form : value);
    }
    builder_.add_entry(id, tokens, values_, table.rows.forms[row].line);
    return true;
  }

  bool check_tokens(const std::vector<std::string>& tokens, const SourceRange& where) {
    static constexpr std::size_t kMax = matching::LexiconSet::Builder::kMaxEntryTokens;
    if (!tokens.empty() && tokens.size() <= kMax) return true;
    if (tokens.empty()) {
      findings_.report(Code::kEmptyForm, where, "an entry without a form").expected =
          "at least one character that is no space";
    } else {
      Diagnostic& d =
          findings_.report(Code::kEntryTooLong, where, "an entry of " + std::to_string(tokens.size()) + " tokens");
      d.expected = "at most " + std::to_string(kMax);
    }
    return false;
  }

  // What the matcher cannot tell apart is one form.
  bool check_new(const std::vector<std::string>& tokens, std::string_view form, LexiconMatch match, const Table& table,
                 std::size_t row) {
    std::uint64_t key = text::hash_word(match == LexiconMatch::kExact ? form : std::string_view());
    for (const std::string& token : tokens) key = key * 0x9E3779B97F4A7C15u + text::hash_word(token);
    const std::size_t first = first_rows_.first(key, row);
    if (first == row || table.derived) return first == row;
    Diagnostic& d = findings_.report(Code::kDuplicateForm, table.rows.forms[row],
                                     "the lexicon has the form " + quoted(form) + " already");
    d.related.emplace_back(table.rows.forms[first], "first here");
    d.help = "the first one counts; delete the other";
    return false;
  }

  const ColumnNumbers& columns_;
  const text::TextRules& text_rules_;
  matching::LexiconSet::Builder builder_;
  Findings& findings_;
  mutable bool has_lemma_ = false;
  FirstRows first_rows_;
  std::vector<std::string_view> values_;
};

// Of a lexicon without `match` that is made of another one, the other's counts.
LexiconMatch match_of(const Symbols& symbols, std::size_t index) {
  for (;;) {
    const DeclaredLexicon& lexicon = symbols.lexicons()[index];
    if (lexicon.spec->match) return static_cast<LexiconMatch>(*lexicon.spec->match);
    if (lexicon.parts.empty()) return LexiconMatch::kFolded;
    index = lexicon.parts.front();
  }
}

}  // namespace

matching::LexiconSet build_lexicons(const Symbols& symbols, const ColumnNumbers& columns,
                                    const std::set<LexiconId>& lemma_read, std::span<const SourceFile> files,
                                    const matching::TokenClasses& classes, const text::TextRules& text_rules,
                                    text::Vocabulary& vocabulary, std::vector<std::uint32_t>& entry_counts,
                                    Findings& findings) {
  TableReader reader(symbols, columns, files, findings);
  const std::vector<Table> tables = reader.read_all();
  EntryWriter writer(columns, text_rules, vocabulary, findings);
  entry_counts.assign(symbols.plugins().size(), 0);
  for (std::size_t id = 0; id < tables.size(); ++id) {
    const std::size_t index = symbols.lexicons_with_entries()[id];
    const DeclaredLexicon& lexicon = symbols.lexicons()[index];
    const bool lemma = lemma_read.count(static_cast<LexiconId>(id)) != 0;
    entry_counts[lexicon.plugin] += writer.write(lexicon, match_of(symbols, index), tables[id], lemma,
                                                 !classes.entries_asked(static_cast<LexiconId>(id)));
  }
  return writer.build();
}

}  // namespace kutip::loading
