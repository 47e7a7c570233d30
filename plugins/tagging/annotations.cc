#include "tagging/annotations.h"

namespace kutip::tagging {

void Annotations::clear() {
  language = {};
  quotes.clear();
  speakers.clear();
  persons.clear();
  organizations.clear();
  labels.clear();
  fragments.clear();
  mentions.clear();
  roles.clear();
  texts.clear();
  warnings.clear();
  truncated = false;
  strings.clear();
}

}  // namespace kutip::tagging
