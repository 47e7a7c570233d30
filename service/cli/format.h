#pragma once

#include <string>

#include "kutip/v1/annotation.pb.h"
#include "service/cli/articles.h"

// Answers as text. All formats are made from the kutip.v1 message, so they are the same whether it came over the wire
// or not.
namespace kutip::cli {

// Protobuf JSON over several lines.
std::string format_json(const v1::AnnotateResponse& response);

// Protobuf JSON on one line.
std::string format_json_line(const v1::AnnotateResponse& response);

// One line of JSON with spans only, the format of gold corpora: quotes with kind, fragments (marks in), cue, speaker,
// speaker_name, continuation and parent; organizations (outermost mentions); persons. Spans are [begin, end).
// REQUIRES: the response counts code points.
std::string format_spans(const v1::AnnotateResponse& response);

}  // namespace kutip::cli
