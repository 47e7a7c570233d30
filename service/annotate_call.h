#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "kutip/v1/annotation.pb.h"
#include "kutip/v1/annotation_service.pb.h"
#include "service/active_rules.h"
#include "service/convert.h"
#include "service/limits.h"
#include "tagging/annotate.h"

// The calls of AnnotationService, without gRPC: the server and `kutip annotate` answer by the same functions. Each
// returns code OK, or the error, with the response unspecified.
namespace kutip::service {

// Asked now and then while a text is annotated: OK to go on, CANCELLED or DEADLINE_EXCEEDED to stop.
using Interruption = std::function<google::rpc::Code()>;

// Memory that calls reuse. One per thread.
struct CallMemory {
  tagging::Workspace workspace;
  tagging::Annotations annotations;
  RuleTable rule_table;
};

// What a call's options mean for given rules.
struct CallPlan {
  const ActiveRules* active = nullptr;
  AnswerOptions answer;
  std::vector<std::uint32_t> plugins;            // indices into RuleSet::plugins(); empty: all
  const tagging::Grammar* of_plugins = nullptr;  // the grammar of `plugins`, if all of them belong to one
  std::uint32_t max_annotations = 0;
};

// Checks options. `active` may be null (no rules yet) and must outlive the use of `plan`.
[[nodiscard]] google::rpc::Status plan_call(const ActiveRules* active, const v1::AnnotateOptions& options,
                                            const Limits& limits, CallPlan& plan);

// The text of a document, a view of it, and the grammar of the plan's rules for it.
[[nodiscard]] google::rpc::Status read_document(const CallPlan& plan, const v1::Document& document,
                                                const Limits& limits, CallMemory& memory, std::string_view& text,
                                                const tagging::Grammar*& grammar);

// Annotates one text. O(bytes of the text).
[[nodiscard]] google::rpc::Status annotate_document(const CallPlan& plan, const v1::Document& document,
                                                    const Limits& limits, const Interruption& interruption,
                                                    CallMemory& memory, v1::AnnotateResponse& response);

[[nodiscard]] google::rpc::Status annotate(const ActiveRules* active, const v1::AnnotateRequest& request,
                                           const Limits& limits, const Interruption& interruption, CallMemory& memory,
                                           v1::AnnotateResponse& response);

// A part of a batch: takes one text after the other until none is left or go_on() is false.
using BatchWork = std::function<void(CallMemory& memory, const std::function<bool()>& go_on)>;
// Does the work on one or several threads at the same time, the caller's among them, each with memory of its own, and
// returns when none is at it any more. On the caller's go_on() is always true.
using Spread = std::function<void(const BatchWork& work)>;
// On the caller's thread alone.
Spread on_this_thread(CallMemory& memory);

// `interruption` is asked on the threads of `spread`.
[[nodiscard]] google::rpc::Status batch_annotate(const ActiveRules* active, const v1::BatchAnnotateRequest& request,
                                                 const Limits& limits, const Interruption& interruption,
                                                 const Spread& spread, v1::BatchAnnotateResponse& response);

void write_ruleset(const ActiveRules& active, v1::RulesetRef& out);

}  // namespace kutip::service
