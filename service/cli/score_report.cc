#include "service/cli/score_report.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "service/cli/terminal.h"

namespace kutip::cli {
namespace {

using authoring::RuleScore;
using authoring::ScoreError;
using authoring::Scores;
using authoring::Share;
using authoring::Tally;
using Json = nlohmann::ordered_json;

constexpr std::uint32_t kNameColumns = 34;
constexpr std::uint32_t kWordsColumns = 90;

std::string fixed(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%7.1f", value);
  return text;
}

std::string count(std::size_t value) {
  char text[32];
  std::snprintf(text, sizeof text, "%8zu", value);
  return text;
}

std::string row(const std::string& name, const Tally& t) {
  return padded(name, kNameColumns) + fixed(t.precision()) + fixed(t.recall()) + fixed(t.f1()) + count(t.gold) +
         count(t.found) + "\n";
}

std::string share_row(const std::string& name, const Share& share) {
  if (share.of == 0) return "";
  return padded(name, kNameColumns) + fixed(100.0 * static_cast<double>(share.right) / static_cast<double>(share.of)) +
         "  of " + std::to_string(share.of) + "\n";
}

std::string totals(const Scores& scores) {
  std::string out = padded("", kNameColumns) + "      P      R     F1    gold   found\n";
  if (scores.has_quotes) {
    out += row("quotes", scores.overlap) + row("quotes, right speaker", scores.with_right_speaker) +
           row("quotes, exact fragments", scores.fragment_exact) + row("quotes, characters", scores.characters);
    if (scores.continuation.gold + scores.continuation.found > 0)
      out += row("continuations, characters", scores.continuation);
  }
  if (scores.has_organizations)
    out += row("organizations", scores.organizations) + row("organizations, overlap", scores.organizations_overlap);
  if (scores.has_persons) out += row("persons", scores.persons);
  if (scores.has_quotes)
    out += share_row("speaker, overlap %", scores.speaker_overlap) +
           share_row("speaker, exact %", scores.speaker_exact) + share_row("speaker, name %", scores.speaker_name) +
           share_row("cue, overlap %", scores.cue_overlap);
  return out;
}

std::string rules_of(const std::string& layer, const std::map<std::string, RuleScore>& rules) {
  std::vector<std::pair<std::string, RuleScore>> sorted(rules.begin(), rules.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.tally.found > b.second.tally.found; });
  std::string out = "\n" + padded(layer + ", by rule", kNameColumns) + "      P      R     F1   right   found" +
                    (layer == "quotes" ? "  wrong speaker" : "") + "\n";
  for (const auto& [name, score] : sorted) {
    const Tally& t = score.tally;
    out += padded(shortened(name, kNameColumns), kNameColumns) + fixed(t.precision()) + fixed(t.recall()) +
           fixed(t.f1()) + count(t.right_found) + count(t.found);
    if (layer == "quotes") out += count(score.wrong_speaker);
    out += "\n";
  }
  return out;
}

const char* name_of(ScoreError::Kind kind) {
  switch (kind) {
    case ScoreError::Kind::kMissed:
      return "missed";
    case ScoreError::Kind::kSpurious:
      return "spurious";
    case ScoreError::Kind::kWrongSpeaker:
      break;
  }
  return "wrong speaker";
}

std::string error_list(const Scores& scores, std::size_t most) {
  std::map<std::pair<std::string, ScoreError::Kind>, std::vector<const ScoreError*>> groups;
  for (const ScoreError& error : scores.errors) groups[{error.layer, error.kind}].push_back(&error);
  std::string out;
  for (const auto& [group, errors] : groups) {
    if (most == 0) break;
    out += "\n" + group.first + ", " + name_of(group.second) + ": " + std::to_string(errors.size()) + "\n";
    for (std::size_t i = 0; i < std::min(most, errors.size()); ++i) {
      const ScoreError& error = *errors[i];
      out += "  " + error.id + ":" + std::to_string(error.extent.begin) + "  " +
             shortened(printable(error.words), kWordsColumns);
      if (!error.rule.empty()) out += "  (" + error.rule + ")";
      if (!error.detail.empty()) out += "  " + printable(error.detail);
      out += "\n";
    }
    if (errors.size() > most) out += "  … and " + std::to_string(errors.size() - most) + " more\n";
  }
  return out;
}

double rounded(double value) {
  return std::stod(fixed(value));
}

Json figures(const Tally& t) {
  return {{"p", rounded(t.precision())},
          {"r", rounded(t.recall())},
          {"f1", rounded(t.f1())},
          {"gold", t.gold},
          {"predicted", t.found}};
}

Json share(const Share& s) {
  if (s.of == 0) return nullptr;
  return rounded(100.0 * static_cast<double>(s.right) / static_cast<double>(s.of));
}

Json quote_figures(const Scores& scores) {
  Json kinds = Json::object();
  for (const auto& [kind, recall] : scores.by_kind)
    kinds[kind] = {{"gold", recall.gold},
                   {"overlap", share({recall.overlap, recall.gold})},
                   {"exact", share({recall.exact, recall.gold})}};
  return {{"fragment_exact", figures(scores.fragment_exact)},
          {"overlap", figures(scores.overlap)},
          {"characters", figures(scores.characters)},
          {"with_right_speaker", figures(scores.with_right_speaker)},
          {"recall_by_kind", kinds},
          {"speaker_overlap", share(scores.speaker_overlap)},
          {"speaker_exact", share(scores.speaker_exact)},
          {"speaker_name", share(scores.speaker_name)},
          {"cue_overlap", share(scores.cue_overlap)},
          {"continuation_characters", figures(scores.continuation)}};
}

}  // namespace

std::string score_text(const Scores& scores, std::size_t errors) {
  std::string out = totals(scores);
  for (const auto& [layer, rules] : scores.by_rule) out += rules_of(layer, rules);
  return out + error_list(scores, errors);
}

std::string score_json(const Scores& scores) {
  Json out = Json::object();
  if (scores.has_quotes) out["quotes"] = quote_figures(scores);
  if (scores.has_organizations) {
    out["organizations"] = figures(scores.organizations);
    out["organizations_overlap"] = figures(scores.organizations_overlap);
  }
  if (scores.has_persons) out["persons"] = figures(scores.persons);
  for (const auto& [layer, rules] : scores.by_rule)
    for (const auto& [rule, score] : rules) {
      Json& of_rule = out["rules"][layer][rule] = figures(score.tally);
      of_rule["right"] = score.tally.right_found;
      if (layer == "quotes") of_rule["wrong_speaker"] = score.wrong_speaker;
    }
  out["errors"] = Json::array();
  for (const ScoreError& error : scores.errors)
    out["errors"].push_back({{"kind", name_of(error.kind)},
                             {"layer", error.layer},
                             {"id", error.id},
                             {"span", {error.extent.begin, error.extent.end}},
                             {"text", error.words},
                             {"rule", error.rule},
                             {"detail", error.detail}});
  return out.dump(1) + "\n";
}

}  // namespace kutip::cli
