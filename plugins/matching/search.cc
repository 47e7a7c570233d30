#include "matching/search.h"

#include <algorithm>

namespace kutip::matching {
namespace {

// What instructions found out stands beside the states that were tried.
constexpr std::uint32_t kResult = 0x80000000;
constexpr std::uint64_t kLookFailed = 1, kLookMatched = 2;

constexpr std::uint64_t bit_of(std::uint32_t position) {
  return std::uint64_t{1} << (position % 64);
}

}  // namespace

// What is counted for profiles is counted in code of its own, so that requests do not pay for it.
std::optional<std::uint32_t> Search::run(const Code& code, std::uint32_t start, std::optional<std::uint32_t> end) {
  return memory_.counts == nullptr ? run_code<false>(code, start, end) : run_code<true>(code, start, end);
}

template <bool kCounted>
std::optional<std::uint32_t> Search::run_code(const Code& code, std::uint32_t start, std::optional<std::uint32_t> end) {
  const std::size_t first_branch = memory_.branches.size();
  const std::size_t first_item = memory_.trail.size();
  Walker walker{code, {0, start, static_cast<std::uint32_t>(first_item), 0}};
  while (!walk<kCounted>(walker, end)) {
    if (memory_.branches.size() == first_branch) {
      memory_.trail.resize(first_item);
      return std::nullopt;
    }
    walker.at = memory_.branches.back();
    memory_.branches.pop_back();
    memory_.trail.resize(walker.at.trail);
  }
  memory_.branches.resize(first_branch);
  forget_tried(first_item);
  return walker.at.position;
}

// What was tried and is not on the way to success has failed, and would fail again from anywhere; what is on it has
// not.
void Search::forget_tried(std::size_t first_item) {
  for (std::size_t i = first_item; i < memory_.trail.size(); ++i) {
    const TrailItem& item = memory_.trail[i];
    if (item.kind != TrailItem::Kind::kTried) continue;
    memory_.states(item.id, item.range.begin / 64) &= ~bit_of(item.range.begin);
  }
}

// The commonest instructions are done here, for a call costs more than they do.
template <bool kCounted>
bool Search::walk(Walker& walker, std::optional<std::uint32_t> end) {
  Branch& at = walker.at;
  const Instruction* const first = walker.code.instructions.data();
  const bool rightward = walker.rightward();
  for (;; at.choice = 0) {
    const Instruction& instruction = first[at.instruction];
    if (instruction.shared && at.choice == 0 && !is_new(walker.state(), at.position)) return false;
    ++memory_.visited;
    const std::uint64_t visited = memory_.visited;
    if constexpr (kCounted) (*memory_.counts)[walker.state()].count(at.choice == 0);
    bool goes_on = true;
    switch (instruction.op) {
      case Op::kToken: {
        const std::uint32_t token = next_token(at.position, rightward);
        if (token == kNoToken || !condition_holds(instruction.operand, token)) return false;
        at.position = rightward ? token + 1 : token;
        break;
      }
      case Op::kTokenOf: {
        const std::uint32_t token = next_token(at.position, rightward);
        if (token == kNoToken || !any_holds(program_.condition_lists[instruction.operand], token)) return false;
        at.position = rightward ? token + 1 : token;
        break;
      }
      case Op::kSplit:
        if (!admits(instruction.guard, at.position, rightward)) {
          at.instruction = instruction.operand;
          continue;
        }
        if (admits(instruction.other, at.position, rightward)) {
          memory_.branches.push_back(
              {instruction.operand, at.position, static_cast<std::uint32_t>(memory_.trail.size()), 0});
        }
        break;
      case Op::kJump:
        at.instruction = instruction.operand;
        continue;
      case Op::kSave:
        add_to_trail(TrailItem::Kind::kSave, instruction.operand, {at.position, at.position});
        break;
      case Op::kPeek:
        goes_on = peek(program_.peeks[instruction.operand], at.position);
        break;
      case Op::kRun:
        goes_on = take_run(walker);
        break;
      case Op::kLexicon:
        goes_on = take_entry(walker);
        break;
      case Op::kAnnotation:
        goes_on = take_annotation(walker);
        break;
      case Op::kGap:
        goes_on = take_gap(walker);
        break;
      case Op::kRest:
        goes_on = take_rest(walker);
        break;
      case Op::kAt:
        goes_on = at_border(static_cast<Border>(instruction.operand), at.position);
        break;
      case Op::kLook:
        goes_on = look(walker);
        break;
      case Op::kAccept:
        return !end || *end == at.position;
      case Op::kFail:
        return false;
    }
    if constexpr (kCounted) {
      if (instruction.op != Op::kLook) (*memory_.counts)[walker.state()].visits += memory_.visited - visited;
    }
    if (!goes_on) return false;
    ++at.instruction;
  }
}

bool Search::is_new(std::uint32_t state, std::uint32_t position) {
  const std::uint32_t offset = position - unit_.begin;
  std::uint64_t& tried = memory_.states(state, offset / 64);
  if ((tried & bit_of(offset)) != 0) return false;
  tried |= bit_of(offset);
  add_to_trail(TrailItem::Kind::kTried, state, {offset, offset});
  return true;
}

void Search::come_back(const Walker& walker, std::uint32_t choice) {
  memory_.branches.push_back(
      {walker.at.instruction, walker.at.position, static_cast<std::uint32_t>(memory_.trail.size()), choice});
}

void Search::add_to_trail(TrailItem::Kind kind, std::uint32_t id, text::TokenRange range) {
  memory_.trail.push_back({kind, id, range});
}

bool Search::any_holds(const std::vector<std::uint32_t>& conditions, std::uint32_t token) const {
  return std::any_of(conditions.begin(), conditions.end(),
                     [this, token](std::uint32_t condition) { return condition_holds(condition, token); });
}

// choice: 1 + how many tokens to take. At first as many as hold.
bool Search::take_run(Walker& walker) {
  const Run& run = program_.runs[walker.instruction().operand];
  const bool rightward = walker.rightward();
  const std::uint32_t from = walker.at.position;
  const auto behind = [&](std::uint32_t tokens) { return rightward ? from + tokens : from - tokens; };
  std::uint32_t count = 0;
  if (walker.at.choice != 0) {
    count = walker.at.choice - 1;
  } else {
    for (; count < run.max; ++count) {
      const std::uint32_t token = next_token(behind(count), rightward);
      if (token == kNoToken || !any_holds(run.conditions, token)) break;
    }
    memory_.visited += count;
  }
  const std::uint16_t guard = walker.instruction().other;
  if (count < run.min) return false;
  while (!admits(guard, behind(count), rightward)) {
    if (count-- == run.min) return false;
  }
  if (count > run.min) come_back(walker, count);
  walker.at.position = behind(count);
  return true;
}

// choice: how many of the hits at this border were tried.
bool Search::take_entry(Walker& walker) {
  const LexiconTest& wanted = program_.lexicon_tests[walker.instruction().operand];
  const std::uint32_t token = next_token(walker.at.position, walker.rightward());
  if (token == kNoToken || (input_.facts.of(token)[wanted.in.column] & wanted.in.bit) == 0) return false;
  const LexiconHits& all = input_.lexicon_hits;
  const auto here = walker.rightward() ? all.starting_at(walker.at.position) : all.ending_at(walker.at.position);
  for (std::uint32_t i = walker.at.choice; i < here.size(); ++i) {
    const LexiconHit& hit = all.hits()[here[i]];
    if (!wanted.has(hit.lexicon) || !unit_.contains(hit.range)) continue;
    if (i + 1 < here.size()) come_back(walker, i + 1);
    add_to_trail(TrailItem::Kind::kEntry, hit.entry, hit.range);
    walker.at.position = walker.rightward() ? hit.range.end : hit.range.begin;
    return true;
  }
  return false;
}

// choice: 1 + the annotation to take.
bool Search::take_annotation(Walker& walker) {
  const std::span<const AnnotationView> all = input_.annotations.all();
  if (walker.at.choice == 0) {
    const AnnotationTest& test = program_.annotation_tests[walker.instruction().operand];
    const std::uint32_t token = next_token(walker.at.position, walker.rightward());
    if (token == kNoToken || (input_.annotations.types_over(token) & test.types) == 0) return false;
    std::vector<std::uint32_t>& fitting = memory_.annotations;
    fitting.clear();
    const auto add = [&](std::uint32_t i) {
      if (unit_.contains(all[i].range) && program_.fits(test, all[i], input_)) fitting.push_back(i);
    };
    if (walker.rightward()) input_.annotations.starting_at(walker.at.position, test.types, add);
    if (!walker.rightward()) input_.annotations.ending_at(walker.at.position, test.types, add);
    if (fitting.empty()) return false;
    if (fitting.size() > 1) {
      std::sort(fitting.begin(), fitting.end(), [&](std::uint32_t a, std::uint32_t b) {
        return all[a].range.size() != all[b].range.size() ? all[a].range.size() > all[b].range.size() : a < b;
      });
      for (std::size_t i = fitting.size() - 1; i > 0; --i) come_back(walker, fitting[i] + 1);
    }
    walker.at.choice = fitting[0] + 1;
  }
  const std::uint32_t taken = walker.at.choice - 1;
  add_to_trail(TrailItem::Kind::kAnnotation, taken, all[taken].range);
  walker.at.position = walker.rightward() ? all[taken].range.end : all[taken].range.begin;
  return true;
}

// choice: the number of the token to take next.
bool Search::take_gap(Walker& walker) {
  const Gap& gap = program_.gaps[walker.instruction().operand];
  const std::uint32_t taken = walker.at.choice;
  if (taken > 0) {
    const std::uint32_t token = next_token(walker.at.position, walker.rightward());
    if (token == kNoToken || (gap.never != kNoCondition && condition_holds(gap.never, token))) return false;
    walker.at.position = walker.rightward() ? token + 1 : token;
  }
  if (taken < gap.max) come_back(walker, taken + 1);
  return true;
}

bool Search::peek(const Peek& peek, std::uint32_t position) const {
  const std::uint32_t token = next_token(position, peek.ahead);
  return (token != kNoToken && any_holds(peek.conditions, token)) == peek.wanted;
}

bool Search::look(const Walker& walker) {
  const Look& look = program_.looks[walker.instruction().operand];
  if (!may_match(look.code, walker.at.position)) return !look.wanted;
  const std::uint32_t key = walker.state() | kResult;
  std::uint64_t result = memory_.states(key, walker.at.position);
  if (result == 0) {
    const std::size_t first_item = memory_.trail.size();
    result = run(look.code, walker.at.position) ? kLookMatched : kLookFailed;
    memory_.trail.resize(first_item);
    memory_.states(key, walker.at.position) = result;
  }
  return (result == kLookMatched) == look.wanted;
}

const SentenceEdges& Search::edges_of(std::uint32_t token) {
  const std::uint32_t sentence = input_.document.sentence_of(token);
  if (memory_.sentence != sentence) {
    memory_.edges = sentence_edges(input_.document, sentence);
    memory_.sentence = sentence;
  }
  return memory_.edges;
}

bool Search::at_border(Border border, std::uint32_t position) {
  const auto paragraph = [this](std::uint32_t token) {
    return input_.document.paragraphs()[input_.document.paragraph_of(token)];
  };
  const bool start = border == Border::kSentenceStart || border == Border::kParagraphStart;
  if (start ? position == input_.document.tokens().size() : position == 0) return false;
  const std::uint32_t token = start ? position : position - 1;
  const SentenceEdges& edges = edges_of(token);
  switch (border) {
    case Border::kSentenceStart:
      return position <= edges.last_start;
    case Border::kSentenceEnd:
      return position >= edges.first_end;
    case Border::kParagraphStart:
      return position <= edges.last_start && edges.sentence.begin == paragraph(token).begin;
    case Border::kParagraphEnd:
      return position >= edges.first_end && edges.sentence.end == paragraph(token).end;
  }
  return false;
}

// Where a rest leads that is taken towards its border, the end or the start of the sentence.
std::uint32_t Search::rest_end(const Rest& rest, std::uint32_t position) {
  if (rest.to_end) return position == unit_.end ? position : std::max(position, edges_of(position).content.end);
  return position == unit_.begin ? position : std::min(position, edges_of(position - 1).content.begin);
}

// How far from its border a rest can reach within its sentence until a token meets `never`. Found once for a sentence.
std::uint32_t Search::clean_limit(const Walker& walker, const Rest& rest, const SentenceEdges& edges) {
  const auto [begin, end] = edges.sentence;
  if (rest.never == kNoCondition) return rest.to_end ? begin : end;
  std::uint32_t limit = rest.to_end ? edges.content.end : edges.content.begin;
  std::uint64_t& known = memory_.states(walker.state() | kResult, limit);
  if (known != 0) return static_cast<std::uint32_t>(known - 1);
  const std::uint32_t border = limit;
  while (rest.to_end && limit > begin && !condition_holds(rest.never, limit - 1)) --limit;
  while (!rest.to_end && limit < end && !condition_holds(rest.never, limit)) ++limit;
  memory_.visited += std::max(limit, border) - std::min(limit, border);
  known = limit + 1;
  return limit;
}

bool Search::take_rest(Walker& walker) {
  const Rest& rest = program_.rests[walker.instruction().operand];
  if (rest.to_end != walker.rightward()) return take_rest_from_border(walker, rest);
  const std::uint32_t from = walker.at.position;
  const std::uint32_t to = rest_end(rest, from);
  const text::TokenRange range{std::min(from, to), std::max(from, to)};
  if (range.size() < rest.min_tokens || range.size() > rest.max_tokens || !unit_.contains(range)) return false;
  if (!range.empty()) {
    const std::uint32_t limit = clean_limit(walker, rest, edges_of(range.begin));
    if (rest.to_end ? from < limit : from > limit) return false;
  }
  walker.at.position = to;
  return true;
}

// The other way round: begins at the border and takes as many tokens as possible. choice: how many fewer than that.
bool Search::take_rest_from_border(Walker& walker, const Rest& rest) {
  const std::uint32_t border = walker.at.position;
  std::uint32_t most = 0;
  if (const std::uint32_t token = next_token(border, walker.rightward()); token != kNoToken) {
    const SentenceEdges& edges = edges_of(token);
    if (rest.to_end && edges.content.end == border) {
      most = border - std::max(clean_limit(walker, rest, edges), unit_.begin);
    } else if (!rest.to_end && edges.content.begin == border) {
      most = std::min(clean_limit(walker, rest, edges), unit_.end) - border;
    }
  }
  most = std::min(most, rest.max_tokens);
  if (walker.at.choice > most || most - walker.at.choice < rest.min_tokens) return false;
  const std::uint32_t count = most - walker.at.choice;
  if (count > rest.min_tokens) come_back(walker, walker.at.choice + 1);
  if (count == 0 && rest_end(rest, border) != border) return false;
  walker.at.position = rest.to_end ? border - count : border + count;
  return true;
}

}  // namespace kutip::matching
