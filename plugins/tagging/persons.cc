#include "tagging/persons.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "tagging/names.h"
#include "tagging/nickname.h"
#include "text/normal_form.h"
#include "text/utf8.h"

namespace kutip::tagging {
namespace {

using text::Document;
using text::Token;
using text::TokenRange;

bool is_initial(const Token& token) {
  return (token.shape & text::kInitial) != 0;
}
bool is_word(const Token& token) {
  return (token.shape & (text::kPunct | text::kSymbol)) == 0;
}

bool same_word(const Document& document, const Token& short_word, const Token& word) {
  if (short_word.hash == word.hash) return true;
  if (!is_initial(short_word) || is_initial(word)) return false;
  return text::code_point_at(document.text(short_word), 0).value == text::code_point_at(document.text(word), 0).value;
}

// A well-mixed key of the first letter of a word.
std::uint64_t letter_key(std::string_view word) {
  return (text::code_point_at(word, 0).value + 1) * 0x9E3779B97F4A7C15ull;
}

// True if `short_name` is `name` with words left out, at least one full word remaining.
bool is_short_for(const Document& document, TokenRange short_name, TokenRange name) {
  const auto tokens = document.tokens();
  std::uint32_t t = name.begin;
  bool full_word = false;
  for (std::uint32_t s = short_name.begin; s < short_name.end; ++s) {
    if (!is_word(tokens[s])) continue;
    while (t < name.end && !same_word(document, tokens[s], tokens[t])) ++t;
    if (t == name.end) return false;
    full_word = full_word || !is_initial(tokens[s]);
    ++t;
  }
  return full_word;
}

}  // namespace

void PersonMerger::collect(const Findings& findings) {
  mentions_.clear();
  names_.clear();
  known_names_.clear();
  const Records& records = findings.records;
  for (std::uint32_t r = 0; r < records.size(); ++r)
    if (records[r].type == kPerson) mentions_.push_back({r, 0, 0});
  std::sort(mentions_.begin(), mentions_.end(), [&](const NameMention& a, const NameMention& b) {
    const TokenRange x = records[a.record].range, y = records[b.record].range;
    return std::tie(x.begin, y.end, a.record) < std::tie(y.begin, x.end, b.record);
  });
  for (std::uint32_t m = 0; m < mentions_.size(); ++m) {
    const TokenRange range = records[mentions_[m].record].range;
    mentions_[m].name = known_names_.add(name_key(findings.document, range));
    if (mentions_[m].name == names_.size()) {
      names_.emplace_back();
      names_.back().first_mention = m;
    }
    add_spelling(findings.document, mentions_[m].name, range);
  }
}

void PersonMerger::add_spelling(const Document& document, std::uint32_t name, TokenRange range) {
  Name spelling = names_[name];
  spelling.range = range;
  spelling.words = spelling.initials = spelling.capitals = 0;
  spelling.bytes = document.span(range).size();
  for (std::uint32_t t = range.begin; t < range.end; ++t) {
    const Token& token = document.tokens()[t];
    spelling.words += is_word(token);
    spelling.initials += is_initial(token);
    spelling.capitals += (token.shape & text::kUpper) != 0;
  }
  if (names_[name].range.empty() || spelling.capitals < names_[name].capitals) names_[name] = spelling;
}

// Goes from the fullest names to the shortest, so that each meets all names that it could be short for.
void PersonMerger::find_owners(const Document& document) {
  by_fullness_.resize(names_.size());
  std::iota(by_fullness_.begin(), by_fullness_.end(), 0u);
  std::sort(by_fullness_.begin(), by_fullness_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Name &x = names_[a], &y = names_[b];
    return std::tie(y.words, x.initials, y.bytes, x.first_mention) <
           std::tie(x.words, y.initials, x.bytes, y.first_mention);
  });
  owners_by_word_.clear();
  owners_by_letter_.clear();
  owners_.clear();
  for (const std::uint32_t n : by_fullness_) {
    Name& name = names_[n];
    std::uint64_t rarest = 0;
    std::uint32_t least = kNone;
    for (std::uint32_t t = name.range.begin; t < name.range.end; ++t) {
      const Token& token = document.tokens()[t];
      if (!is_word(token) || is_initial(token)) continue;
      const std::uint32_t count = owners_by_word_.count(token.hash);
      if (count < least) least = count, rarest = token.hash;
    }
    name.owners.first = static_cast<std::uint32_t>(owners_.size());
    std::uint32_t compared = 0;
    if (least != kNone && least > 0)
      owners_by_word_.for_each(rarest, [&](std::uint32_t other) {
        if (is_short_for(document, name.range, names_[other].range)) owners_.push_back(other);
        name.owners.count = static_cast<std::uint32_t>(owners_.size()) - name.owners.first;
        return ++compared < kMaxCompared && name.owners.count < kMaxOwners;
      });
    if (name.owners.count == 1) name.owner = owners_[name.owners.first];
    if (name.owners.count > 0) continue;
    name.owner = bearer_of_nickname(document, n);
    if (name.owner == kNone) add_owner(document, n);
  }
}

void PersonMerger::add_owner(const Document& document, std::uint32_t name) {
  names_[name].owner = name;
  const TokenRange range = names_[name].range;
  for (std::uint32_t t = range.begin; t < range.end; ++t) {
    const Token& token = document.tokens()[t];
    if (!is_word(token)) continue;
    owners_by_word_.add(token.hash, name);
    owners_by_letter_.add(letter_key(document.text(token)), name);
  }
}

// The only name mentioned before `name`, a single word, that it can be a nickname of, or kNone.
std::uint32_t PersonMerger::bearer_of_nickname(const Document& document, std::uint32_t name) {
  const Name& given = names_[name];
  if (given.words != 1 || given.initials != 0) return kNone;
  const std::string_view word = document.text(document.tokens()[given.range.begin]);
  nickname_ = text::normal_form(word);
  Nickname best = Nickname::kUnrelated;
  std::uint32_t bearer = kNone, compared = 0;
  owners_by_letter_.for_each(letter_key(word), [&](std::uint32_t other) {
    const Name& full = names_[other];
    if (other == bearer || full.first_mention >= given.first_mention) return ++compared < kMaxCompared;
    full_words_.clear();
    for (std::uint32_t t = full.range.begin; t < full.range.end; ++t)
      if (is_word(document.tokens()[t])) full_words_.push_back(text::normal_form(document.text(document.tokens()[t])));
    const Nickname kind = nickname_of(nickname_, full_words_);
    if (kind > best) {
      best = kind;
      bearer = other;
    } else if (kind == best && kind != Nickname::kUnrelated) {
      bearer = kNone;
    }
    return ++compared < kMaxCompared;
  });
  return bearer;
}

std::uint32_t PersonMerger::owner_of_mention(const Name& name) const {
  if (name.owner != kNone) return name.owner;
  const auto fits = std::span(owners_).subspan(name.owners.first, name.owners.count);
  std::uint32_t latest = kNone, earliest = fits.front();
  for (const std::uint32_t owner : fits) {
    const std::uint32_t last = names_[owner].last_mention;
    if (last != kNone && (latest == kNone || last > names_[latest].last_mention)) latest = owner;
    if (names_[owner].first_mention < names_[earliest].first_mention) earliest = owner;
  }
  return latest != kNone ? latest : earliest;
}

void PersonMerger::assign_mentions() {
  for (std::uint32_t m = 0; m < mentions_.size(); ++m) {
    mentions_[m].owner = owner_of_mention(names_[mentions_[m].name]);
    names_[mentions_[m].owner].last_mention = m;
  }
}

void PersonMerger::merge(const Findings& findings, std::vector<std::uint32_t>& entity_of_record, Annotations& out) {
  collect(findings);
  find_owners(findings.document);
  assign_mentions();
  found_.clear();
  TokenRange previous;
  for (const NameMention& mention : mentions_) {
    Name& owner = names_[mention.owner];
    if (owner.person == kNone) {
      owner.person = static_cast<std::uint32_t>(out.persons.size());
      out.persons.push_back({name_text(findings.document, owner.range, out.strings), {}, {}});
    }
    entity_of_record[mention.record] = owner.person;
    const Record& record = findings.records[mention.record];
    if (record.range == previous) continue;
    previous = record.range;
    Mention made;
    made.span = findings.document.span(record.range);
    made.form = mention.name == mention.owner ? MentionForm::kName : MentionForm::kShortName;
    made.rule = record.rule;
    found_.push_back({owner.person, made});
  }
  append_by_entity<Mention>(found_, static_cast<std::uint32_t>(out.persons.size()), out.mentions,
                            [&](std::uint32_t person) -> Slice& { return out.persons[person].mentions; });
}

}  // namespace kutip::tagging
