// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/convert/form.h"

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "services/platform/status.h"
#include "services/questionnaire/convert/expression.h"
#include "services/questionnaire/domain/instrument/describe.h"

namespace reprise::questionnaire {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using instrument::Instrument;

// Writes each field that Describe names into the proto's of the same name; that they are the same is
// promised by instrument/proto_test.cc.
class Filler {
 public:
  explicit Filler(Message& message) : message_(message), reflection_(*message.GetReflection()) {}

  template <typename T>
  void operator()(const char* key, T& field) {
    const FieldDescriptor* const proto = message_.GetDescriptor()->FindFieldByName(key);
    REPRISE_CHECK(proto != nullptr);
    Set(proto, field);
  }

 private:
  void Set(const FieldDescriptor* proto, const std::string& value) {
    reflection_.SetString(&message_, proto, value);
  }
  void Set(const FieldDescriptor* proto, bool value) { reflection_.SetBool(&message_, proto, value); }
  void Set(const FieldDescriptor* proto, const std::optional<double>& value) {
    if (value.has_value()) reflection_.SetDouble(&message_, proto, *value);
  }
  void Set(const FieldDescriptor* proto, const std::optional<int>& value) {
    if (value.has_value()) reflection_.SetInt32(&message_, proto, *value);
  }
  void Set(const FieldDescriptor* proto, const std::vector<std::string>& values) {
    for (const std::string& value : values) reflection_.AddString(&message_, proto, value);
  }
  void Set(const FieldDescriptor* proto, const std::optional<std::vector<std::string>>& names) {
    if (!names.has_value()) return;
    auto& wire = static_cast<v1::Names&>(*reflection_.MutableMessage(&message_, proto));
    wire.mutable_names()->Assign(names->begin(), names->end());
  }
  void Set(const FieldDescriptor* proto, const instrument::Text& text) {
    for (const auto& [language, words] : text) {
      Message& entry = *reflection_.AddMessage(&message_, proto);
      entry.GetReflection()->SetString(&entry, proto->message_type()->map_key(), language);
      entry.GetReflection()->SetString(&entry, proto->message_type()->map_value(), words);
    }
  }
  template <typename T>
    requires std::is_enum_v<T>
  void Set(const FieldDescriptor* proto, T value) {
    reflection_.SetEnumValue(&message_, proto, static_cast<int>(value));
  }
  template <typename T>
    requires instrument::Describes<Filler, T>
  void Set(const FieldDescriptor* proto, std::vector<T>& values) {
    for (T& value : values) {
      Filler inner(*reflection_.AddMessage(&message_, proto));
      Describe(inner, value);
    }
  }
  template <typename T>
    requires instrument::Describes<Filler, T>
  void Set(const FieldDescriptor* proto, T& value) {
    if (value == T{}) return;  // says nothing, so the field stays absent
    Filler inner(*reflection_.MutableMessage(&message_, proto));
    Describe(inner, value);
  }

  Message& message_;
  const google::protobuf::Reflection& reflection_;
};

void AddExpression(const std::string& text, v1::Form& form) {
  if (text.empty() || form.expressions().contains(text)) return;
  const auto tree = expression::Parse(text);
  REPRISE_CHECK(tree.ok());
  (*form.mutable_expressions())[text] = ToProto(*tree);
}

}  // namespace

v1::Instrument ToProto(Instrument instrument) {
  v1::Instrument wire;
  Filler filler(wire);
  Describe(filler, instrument);
  return wire;
}

Instrument ForParticipants(Instrument instrument) {
  instrument.scores.clear();
  instrument.alerts.clear();
  for (instrument::Section& section : instrument.sections) {
    for (instrument::Item& item : section.items) {
      item.annotation.clear();
      for (instrument::Row& row : item.rows) row.annotation.clear();
    }
  }
  return instrument;
}

v1::Form FormOf(const Instrument& instrument) {
  v1::Form form;
  *form.mutable_instrument() = ToProto(instrument);
  for (const instrument::Section& section : instrument.sections) {
    AddExpression(section.shown_if, form);
    for (const instrument::Item& item : section.items) {
      AddExpression(item.shown_if, form);
      AddExpression(item.calculation, form);
      for (const instrument::Row& row : item.rows) AddExpression(row.shown_if, form);
    }
  }
  for (const instrument::Score& score : instrument.scores) {
    AddExpression(score.expression, form);
    AddExpression(score.not_applicable_when, form);
  }
  for (const instrument::Alert& alert : instrument.alerts) AddExpression(alert.when, form);
  return form;
}

}  // namespace reprise::questionnaire
