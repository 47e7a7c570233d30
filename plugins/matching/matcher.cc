#include "matching/matcher.h"

#include "matching/lazy_automaton.h"
#include "matching/program_impl.h"
#include "matching/search.h"

namespace kutip::matching {
namespace {

// What a rule has left behind in one unit is forgotten beyond this many states.
constexpr std::size_t kMostStatesKept = 1 << 20;

// What has to be equal for failures to be remembered.
struct Scope {
  std::uint64_t program_version = 0;
  std::uint64_t annotations_version = 0;  // changes with the document, too
  text::TokenRange unit;
  friend bool operator==(const Scope&, const Scope&) = default;
};

Scope scope_of(const Program::Impl& program, const MatchInput& input, text::TokenRange unit) {
  return {program.version, input.annotations.version(), unit};
}

void save(std::vector<Capture>& captures, std::uint32_t slot, std::uint32_t position) {
  text::TokenRange& range = captures[slot / 2].range;
  (slot % 2 == 0 ? range.begin : range.end) = position;
}

void save_all(std::vector<Capture>& captures, std::span<const TrailItem> trail) {
  for (const TrailItem& item : trail)
    if (item.kind == TrailItem::Kind::kSave) save(captures, item.id, item.range.begin);
}

// Sets what the captures took that lie exactly over an entry or annotation: nothing else can have been taken there.
void note_taken(std::vector<Capture>& captures, TrailItem::Kind kind, std::uint32_t id, text::TokenRange range) {
  for (Capture& capture : captures) {
    if (!capture.taken || capture.range != range) continue;
    if (kind == TrailItem::Kind::kEntry) capture.entry = id;
    if (kind == TrailItem::Kind::kAnnotation) capture.annotation = id;
  }
}

void note_taken(std::vector<Capture>& captures, std::span<const TrailItem> trail) {
  for (const TrailItem& item : trail) {
    if (item.kind == TrailItem::Kind::kEntry || item.kind == TrailItem::Kind::kAnnotation)
      note_taken(captures, item.kind, item.id, item.range);
  }
}

}  // namespace

struct Matcher::Impl {
  // Makes the memory ready for searches in `next`.
  void enter(const Scope& next, const Program::Impl& program) {
    memory.trail.clear();
    if (next == scope && memory.states.size() <= kMostStatesKept) return;
    if (next.annotations_version != scope.annotations_version) memory.sentence.reset();
    memory.states.clear(program.states);
    scope = next;
  }
  // For searches that leave nothing behind.
  void leave() { scope.program_version = 0; }

  LazyAutomaton automaton;
  SearchMemory memory;
  Scope scope;
};

Matcher::Matcher() : impl_(std::make_unique<Impl>()) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

std::uint64_t Matcher::states_visited() const {
  return impl_->memory.visited;
}

void Matcher::count_states(StateCounts* counts) {
  impl_->memory.counts = counts;
}

bool Matcher::match(const Program& program, const MatchInput& input, const Candidate& candidate, text::TokenRange unit,
                    Match& out) {
  if (!unit.contains(candidate.range)) return false;
  const Program::Impl& impl = program.impl();
  SearchMemory& memory = impl_->memory;
  Search search(impl, input, unit, memory);
  if (!search.may_match(impl.before, candidate.range.begin)) return false;
  if (!search.may_match(impl.after, candidate.range.end)) return false;
  LazyAutomaton& automaton = impl_->automaton;
  if (memory.counts == nullptr) {  // else each step is to be seen
    if (impl.after.is_costly && !automaton.may_match(impl, impl.after, input, unit, candidate.range.end)) return false;
    if (impl.before.is_costly && !automaton.may_match(impl, impl.before, input, unit, candidate.range.begin))
      return false;
  }
  impl_->enter(scope_of(impl, input, unit), impl);

  const auto begin = search.run(impl.before, candidate.range.begin);
  if (!begin) return false;
  const std::size_t after_anchor = memory.trail.size();
  const auto end = search.run(impl.after, candidate.range.end);
  if (!end) return false;

  const AnchorOption& option = impl.anchor_options[candidate.option];
  out.range = {*begin, *end};
  out.captures.assign(impl.capture_count, Capture{});
  if (impl.capture_count == 0) return true;
  const std::span<const TrailItem> trail(memory.trail);
  save_all(out.captures, trail.first(after_anchor));
  for (const CaptureId capture : option.captures) out.captures[capture].range = candidate.range;
  save_all(out.captures, trail.subspan(after_anchor));
  for (Capture& capture : out.captures) capture.taken = !capture.range.empty();
  note_taken(out.captures, trail);
  if (option.op == Op::kLexicon) note_taken(out.captures, TrailItem::Kind::kEntry, candidate.entry, candidate.range);
  if (option.op == Op::kAnnotation) {
    note_taken(out.captures, TrailItem::Kind::kAnnotation, static_cast<std::uint32_t>(candidate.annotation),
               candidate.range);
  }
  return true;
}

bool Matcher::occurs(const Program& program, const MatchInput& input, text::TokenRange within, bool at_begin,
                     bool at_end) {
  const Program::Impl& impl = program.impl();
  Search search(impl, input, within, impl_->memory);
  if (at_begin && !search.may_match(impl.whole_rightward, within.begin)) return false;
  if (at_end && !search.may_match(impl.whole_leftward, within.end)) return false;
  impl_->leave();
  impl_->enter(scope_of(impl, input, within), impl);
  impl_->leave();
  if (at_begin) {
    const auto end = at_end ? std::optional(within.end) : std::nullopt;
    return search.run(impl.whole_rightward, within.begin, end).has_value();
  }
  if (at_end) return search.run(impl.whole_leftward, within.end).has_value();
  for (std::uint32_t begin = within.begin; begin < within.end; ++begin)
    if (search.may_match(impl.whole_rightward, begin) && search.run(impl.whole_rightward, begin)) return true;
  return false;
}

}  // namespace kutip::matching
