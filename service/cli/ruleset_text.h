#pragma once

#include <string>

#include "kutip/v1/rule_service.pb.h"

// What RuleService answers, for people.
namespace kutip::cli {

// Which rules answer since when, and what became of the last attempt to load others, with every mistake and its place.
std::string text_of(const v1::RulesetStatus& status);
// What overlays change in the plugins; empty if there are none.
std::string text_of_overlays(const v1::ListPluginsResponse& plugins);
// A mistake with its line and a caret, as `kutip lint` shows it.
std::string text_of(const v1::Diagnostic& diagnostic);
// The tests beside rules that failed.
std::string text_of(const v1::RuleTestSummary& tests);

}  // namespace kutip::cli
