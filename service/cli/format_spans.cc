#include <nlohmann/json.hpp>

#include "service/cli/format.h"
#include "service/cli/quote_form.h"

namespace kutip::cli {
namespace {

using Json = nlohmann::ordered_json;

Json span(const v1::Span& span) {
  return Json::array({span.begin(), span.end()});
}

Json quote(const v1::Quote& quote) {
  Json out = {
      {"kind", name_of(quote.form())}, {"fragments", Json::array()}, {"cue", Json::array()}, {"speaker", Json::array()},
      {"speaker_name", nullptr},       {"continuation", nullptr},    {"parent", nullptr}};
  for (const v1::Fragment& fragment : quote.fragments()) out["fragments"].push_back(span(fragment.span()));
  if (quote.has_cue()) out["cue"].push_back(span(quote.cue().span()));
  if (quote.attribution().has_mention()) out["speaker"].push_back(span(quote.attribution().mention()));
  if (quote.has_attribution()) out["speaker_name"] = quote.attribution().speaker_name();
  if (quote.has_continuation()) out["continuation"] = span(quote.continuation());
  if (quote.has_parent_index()) out["parent"] = quote.parent_index();
  return out;
}

}  // namespace

std::string format_spans(const v1::AnnotateResponse& response) {
  Json out = {{"id", response.document_id()},
              {"quotes", Json::array()},
              {"organizations", Json::array()},
              {"persons", Json::array()}};
  for (const v1::Quote& each : response.quotes()) out["quotes"].push_back(quote(each));
  for (const v1::Organization& organization : response.organizations()) {
    for (const v1::Mention& mention : organization.mentions()) {
      if (!mention.nested()) out["organizations"].push_back(span(mention.span()));
    }
  }
  for (const v1::Person& person : response.persons()) {
    for (const v1::Mention& mention : person.mentions()) out["persons"].push_back(span(mention.span()));
  }
  return out.dump() + "\n";
}

}  // namespace kutip::cli
