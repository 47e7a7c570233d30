#include "service/explainable_rules.h"

#include <utility>

namespace kutip::service {

ExplainableRulesPtr make_explainable(const RulesStatus& status, ExplainableRulesPtr known) {
  if (known != nullptr && known->files->digest == status.active_files->digest) return known;
  known.reset();  // before the next one takes as much
  loading::LoadResult loaded = loading::load(status.active_files->files);
  loaded.plugins = {};  // explaining needs none of the files' own words
  return std::make_shared<const ExplainableRules>(ExplainableRules{status.active_files, std::move(loaded)});
}

}  // namespace kutip::service
