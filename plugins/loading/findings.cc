#include "loading/findings.h"

#include <algorithm>

namespace kutip::loading {
namespace {

constexpr std::size_t kMaxNameBytes = 80;

std::string key_of(Code code, const SourceRange& where, std::string_view message) {
  return std::to_string(where.file) + ":" + std::to_string(where.line) + ":" + std::to_string(where.column) + ":" +
         std::string(code_info(code).id) + std::string(message);
}

}  // namespace

bool Findings::wants(Code code, SourceRange where) const {
  const auto at = of_a_kind_.find({where.file, code});
  return at == of_a_kind_.end() || at->second < kMaxOfAKind;
}

Diagnostic& Findings::report(Code code, SourceRange where, std::string message) {
  const bool error = severity(code) == Severity::kError;
  if (error) ++error_count_;
  std::size_t& count = of_a_kind_[{where.file, code}];
  const bool is_new = count >= kMaxOfAKind || reported_.insert(key_of(code, where, message)).second;
  const bool keep = is_new && count < kMaxOfAKind;
  if (is_new) ++count;
  if (keep) codes_.push_back(code);
  Diagnostic& slot = keep ? diagnostics_.emplace_back() : (dropped_ = {});
  slot.severity = severity(code);
  slot.code = code_info(code).id;
  slot.message = std::move(message);
  slot.where = where;
  return slot;
}

void Findings::append(Findings others) {
  const std::size_t errors = error_count_ + others.error_count_;
  for (std::size_t i = 0; i < others.diagnostics_.size(); ++i) {
    Diagnostic& other = others.diagnostics_[i];
    --others.of_a_kind_[{other.where.file, others.codes_[i]}];
    Diagnostic& d = report(others.codes_[i], other.where, other.message);
    d = std::move(other);
  }
  for (const auto& [kind, dropped] : others.of_a_kind_) of_a_kind_[kind] += dropped;
  error_count_ = errors;
}

std::vector<Diagnostic> Findings::take() {
  for (const auto& [kind, count] : of_a_kind_) {
    if (count <= kMaxOfAKind) continue;
    Diagnostic& more = diagnostics_.emplace_back();
    more.severity = severity(kind.second);
    more.code = code_info(kind.second).id;
    more.message = std::to_string(count - kMaxOfAKind) +
                   " more of this kind in this file: " + std::string(code_info(kind.second).title);
    more.where = {kind.first, 0, 0, 0};
  }
  of_a_kind_.clear();
  codes_.clear();
  error_count_ = 0;
  sort_diagnostics(diagnostics_);
  return std::exchange(diagnostics_, {});
}

std::string quoted(std::string_view name) {
  std::string_view cut = name.substr(0, kMaxNameBytes);
  while (cut.size() < name.size() && !cut.empty() && (name[cut.size()] & 0xC0) == 0x80) cut.remove_suffix(1);
  const char* mark = cut.find('`') == std::string_view::npos ? "`" : "'";
  return mark + std::string(cut) + (cut.size() < name.size() ? "…" : "") + mark;
}

}  // namespace kutip::loading
