#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "google/rpc/status.pb.h"
#include "kutip/v1/rule_service.pb.h"
#include "service/rules_status.h"
#include "store/trial.h"

// What RuleService tells of rules, their mistakes and their tests.
namespace kutip::service {

void write_time(std::chrono::system_clock::time_point time, google::protobuf::Timestamp& out);
void write_status(const RulesStatus& status, v1::RulesetStatus& out);
void write_attempt(const store::Trial& trial, v1::ReloadAttempt& out);
void write_tests(const store::Trial& trial, v1::RuleTestSummary& out);

// `files`: those that the diagnostic's places are in.
void write_diagnostic(const loading::Diagnostic& diagnostic, const store::RuleFiles& files, v1::Diagnostic& out);

// Bytes of a file as a protobuf string, which must be UTF-8.
std::string well_formed(std::string_view bytes);

// FAILED_PRECONDITION, RULESET_INVALID, with as many of the mistakes as a trailer of HTTP/2 takes.
google::rpc::Status ruleset_invalid(const store::Trial& trial);

}  // namespace kutip::service
