#pragma once

#include <span>
#include <string>
#include <vector>

#include "loading/file_index.h"
#include "loading/findings.h"
#include "loading/lexicon_file.h"
#include "loading/plugin_spec.h"

namespace kutip::loading {

// Takes out of the rows what overlays remove from the lexicon, then appends what they add. `columns` are those of the
// rows. Reports forms that are not there to be removed, unknown columns and missing files. The rows keep views of the
// lexicon and of the files. O(rows + changes * log changes).
void apply_changes(const LexiconSpec& lexicon, std::span<const std::string> columns, std::span<const SourceFile> files,
                   const FileIndex& index, LexiconRows& rows, Findings& findings);

}  // namespace kutip::loading
