// What `emit` can set, against the contract: every field and every choice has its place in an answer.
#include "loading/emit_fields.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>

#include "kutip/v1/annotation.pb.h"

namespace kutip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

struct Type {
  matching::TypeId id;
  const Descriptor* message;
  std::map<std::string, std::string> places;  // field of emit -> path in the message
};

std::vector<Type> types() {
  return {
      {tagging::kPerson,
       v1::Person::descriptor(),
       {{"role", "roles.span"}, {"organization", "roles.organization_index"}}},
      {tagging::kOrganization,
       v1::Organization::descriptor(),
       {{"name", "name"},
        {"category", "category"},
        {"acronym", "acronyms"},
        {"id", "external_ids"},
        {"form", "mentions.form"}}},
      {tagging::kSpeaker,
       v1::Speaker::descriptor(),
       {{"name", "name"},
        {"role", "roles.span"},
        {"organization", "roles.organization_index"},
        {"form", "mentions.form"},
        {"kind", "kind"}}},
      {tagging::kQuote,
       v1::Quote::descriptor(),
       {{"cue", "cue.span"}, {"lemma", "cue.lemma"}, {"speaker", "attribution"}, {"continues", "continuation"}}},
      {tagging::kFirstLabel, v1::Label::descriptor(), {{"value", "value"}}},
  };
}

const FieldDescriptor* resolve(const Descriptor* message, const std::string& path) {
  const FieldDescriptor* field = nullptr;
  std::istringstream names(path);
  for (std::string name; std::getline(names, name, '.');) {
    if (message == nullptr) return nullptr;
    field = message->FindFieldByName(name);
    if (field == nullptr) return nullptr;
    message = field->message_type();
  }
  return field;
}

TEST(EmitFields, HaveTheirPlaceInTheContract) {
  for (const Type& type : types())
    for (const loading::EmitField& field : loading::emit_fields(type.id)) {
      const auto place = type.places.find(std::string(field.name));
      ASSERT_NE(place, type.places.end()) << type.message->name() << " " << field.name;
      EXPECT_NE(resolve(type.message, place->second), nullptr) << type.message->name() << "." << place->second;
    }
}

TEST(EmitFields, ChoicesAreValuesOfTheContract) {
  for (const Type& type : types())
    for (const loading::EmitField& field : loading::emit_fields(type.id)) {
      const FieldDescriptor* place = resolve(type.message, type.places.at(std::string(field.name)));
      if (place == nullptr || place->enum_type() == nullptr) continue;
      for (const loading::FieldChoice& choice : field.choices) {
        const auto* values = place->enum_type();
        const std::string ending = std::string(1, '_').append(choice.name);
        bool known = false;
        for (int i = 0; i < values->value_count(); ++i) known = known || values->value(i)->name().ends_with(ending);
        EXPECT_TRUE(known) << values->name() << " has no " << choice.name;
      }
    }
}

}  // namespace
}  // namespace kutip
