// The loader over any bytes: no input crashes it or makes it hang, every mistake can be printed, and rules that load
// can be tested, run, packed and unpacked.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "authoring/inline_tests.h"
#include "loading/load.h"
#include "store/rule_archive.h"
#include "support/has_errors.h"
#include "tagging/annotate.h"

namespace {

using kutip::loading::SourceFile;

constexpr std::string_view kFileMark = "=== ";  // a line `=== PATH` begins a file
constexpr std::string_view kText =
    "“Kapal siap berlayar,” kata Rini Wulandari (52) dari Dinas Kelautan (DK).\n\nMenurut dia, \"harga 'beras' "
    "turun\". "
    "He said: “It is done.";

// The files of an input; bytes before the first mark are t/rules.yaml.
std::vector<SourceFile> files_of(std::string_view input) {
  std::vector<SourceFile> files = {{"t/rules.yaml", ""}};
  while (!input.empty()) {
    const std::string_view line = input.substr(0, input.find('\n'));
    const std::string_view with_end = input.substr(0, line.size() + 1);
    if (line.starts_with(kFileMark)) {
      files.push_back({std::string(line.substr(kFileMark.size())), ""});
    } else {
      files.back().content += with_end;
    }
    input.remove_prefix(with_end.size());
  }
  if (files.front().content.empty()) files.erase(files.begin());
  return files;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto set = kutip::store::make_rule_files(files_of({reinterpret_cast<const char*>(data), size}));
  const auto loaded = kutip::loading::load(set->files);
  for (const auto& diagnostic : loaded.diagnostics)
    require(!kutip::loading::format_text(diagnostic, set->files).empty());
  require((loaded.rules == nullptr) == kutip::support::has_errors(loaded.diagnostics));
  if (loaded.rules == nullptr) return 0;

  require(loaded.rules->digest() == set->digest);
  require(kutip::store::unpack(kutip::store::pack(*set), set->digest) != nullptr);
  kutip::authoring::run_inline_tests(*loaded.rules, set->files);
  kutip::tagging::Workspace workspace;
  kutip::tagging::Annotations annotations;
  for (const auto& grammar : loaded.rules->grammars())
    kutip::tagging::annotate(*loaded.rules, grammar, kText, {}, workspace, annotations);
  return 0;
}
