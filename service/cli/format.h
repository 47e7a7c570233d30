#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "kutip/v1/annotation.pb.h"

// Answers as text. All formats are made from the kutip.v1 message, so they are the same whether it came over the wire
// or not.
namespace kutip::cli {

// Protobuf JSON over several lines.
std::string format_json(const google::protobuf::Message& message);

// Protobuf JSON on one line.
std::string format_json_line(const v1::AnnotateResponse& response);

// One line of JSON with spans only, the format of gold corpora: quotes with kind, fragments (marks in), cue, speaker,
// speaker_name, continuation and parent; organizations (outermost mentions); persons. Spans are [begin, end).
// REQUIRES: the response counts code points.
std::string format_spans(const v1::AnnotateResponse& response);

struct PrettyOptions {
  std::uint32_t width = 80;  // columns
  bool color = false;        // without, marks are brackets
};

// For a terminal: the text with its quotes, cues, speakers and organizations marked, then a table of who said what.
// REQUIRES: the response counts UTF-8 bytes of `text`.
std::string format_pretty(std::string_view text, const v1::AnnotateResponse& response, const PrettyOptions& options);

// One self-contained page: each text with its marks, and beside it who said what; pointing at a quote shows its speaker
// and the other way round. Parts are to be written in this order: html_head(), format_html() for each text,
// html_tail().
std::string html_head(std::string_view title);
std::string html_tail();
// `number` tells the texts of a page apart. REQUIRES: the response counts UTF-8 bytes of `text` and includes texts.
std::string format_html(std::string_view text, const v1::AnnotateResponse& response, std::size_t number);

}  // namespace kutip::cli
