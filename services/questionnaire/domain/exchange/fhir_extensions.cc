// SPDX-License-Identifier: Apache-2.0
// The extensions of a FHIR item: ranges, units, looks, expressions, and ours.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/exchange/fhir_item.h"
#include "services/questionnaire/domain/instrument/values.h"

namespace reprise::exchange {
namespace {

using instrument::ItemType;

class ExtensionReader {
 public:
  ExtensionReader(const Json& json, const std::string& place, const std::string& language,
                  FhirItem& read, Report& report)
      : json_(json), place_(place), language_(language), read_(read), report_(report) {}

  void ReadExtensions() {
    const auto list = json_.find("extension");
    if (list == json_.end() || !list->is_array()) return;
    ReadVariables(json_, read_.variables);
    for (const Json& extension : *list) {
      const std::string url = StringAt(extension, "url");
      const std::string what =
          absl::StrCat("extension ", url.substr(url.rfind('/') + 1).substr(0, 60));
      const Json* const value = ValueOf(extension);
      if (value == nullptr)
        Refuse(what, "EXTENSION", "The extension has no value that is known here.");
      else
        ReadExtension(url, what, *value);
    }
  }

  void ReadExtension(const std::string& url, const std::string& what, const Json& value) {
    if (url == url::kCode) return;
    if (url == url::kCalculated || url == url::kEnableWhen) return ReadExpression(url, what, value);
    if (url == url::kVariable) return Keep(what, "VARIABLE");
    if (url == url::kControl) return ReadControl(what, value);
    if (url == url::kUnit) return ReadUnit(what, value);
    if (url == url::kMin || url == url::kMax)
      return ReadBound(what, url == url::kMin ? read_.item.hard.min : read_.item.hard.max, value);
    if (url == url::kForm && value.is_string()) read_.form = value.get<std::string>();
    else if (url == url::kSoftMin && value.is_string())
      read_.item.soft.min = value.get<std::string>();
    else if (url == url::kSoftMax && value.is_string())
      read_.item.soft.max = value.get<std::string>();
    else if (url == url::kIdentifying && value.is_boolean())
      read_.item.identifying = value.get<bool>();
    else if (url == url::kDesignNote && value.is_string())
      read_.item.annotation = value.get<std::string>();
    else if (url == url::kType && value == "partial_date" && read_.item.type == ItemType::kDate)
      read_.item.type = ItemType::kPartialDate;
    else if (url == url::kType && value == "scale")
      Keep(what, "TYPE");
    else if (url == url::kScaleDetail && value == "show_value")
      read_.item.scale.show_value = true;
    else if (url == url::kSliderStep && NumberOf(value))
      read_.item.scale.step = NumberOf(value);
    else if (url == url::kDecimals && NumberOf(value) && *NumberOf(value) >= 0 &&
             *NumberOf(value) <= 15) {
      read_.item.decimals = static_cast<int>(*NumberOf(value));
    } else {
      return Refuse(what, "EXTENSION", "The extension is not known here.");
    }
    Keep(what, "EXTENSION");
  }

 private:
  void Keep(const std::string& what, const char* construct) {
    report_.Keep(absl::StrCat(place_, ", ", what), construct);
  }
  void Change(const std::string& what, const char* construct, const std::string& message) {
    report_.Change(absl::StrCat(place_, ", ", what), construct, message);
  }
  void Refuse(const std::string& what, const char* construct, const std::string& message) {
    report_.Refuse(absl::StrCat(place_, ", ", what), construct, message);
  }

  // Told later, with what becomes of it, unless it is our own language.
  void ReadExpression(const std::string& url, const std::string& what, const Json& value) {
    const std::string expression = StringAt(value, "expression");
    const bool ours = StringAt(value, "language") == url::kLanguage;
    if (url == url::kCalculated)
      (ours ? read_.calculation : read_.calculated) = expression;
    else if (ours)
      read_.shown_if = expression;
    else
      Refuse(what, "ENABLE_WHEN",
             "A condition in FHIRPath is not translated; the item is always shown.");
    if (ours) Keep(what, "EXPRESSION");
  }

  void ReadControl(const std::string& what, const Json& value) {
    const auto codings = value.find("coding");
    if (value.is_object() && codings != value.end() && codings->is_array() && !codings->empty()) {
      read_.control = StringAt((*codings)[0], "code");
    }
    constexpr const char* kKnown[] = {"slider", "gtable", "table", "help",
                                      "lower",  "upper",  "middle"};
    if (std::count(std::begin(kKnown), std::end(kKnown), read_.control) > 0)
      return Keep(what, "CONTROL");
    Refuse(what, "CONTROL",
           absl::StrCat("How an item looks ('", read_.control.substr(0, 40), "') is not kept."));
  }

  void ReadUnit(const std::string& what, const Json& value) {
    if (read_.item.type != ItemType::kDecimal && read_.item.type != ItemType::kInteger) {
      return Refuse(what, "UNIT", "Only numbers have a unit.");
    }
    read_.item.unit.code = StringAt(value, "code");
    read_.item.unit.label = ReadText(value, "display", language_);
    if (read_.item.unit.code.empty()) read_.item.unit.code = StringAt(value, "display");
    Keep(what, "UNIT");
  }

  void ReadBound(const std::string& what, std::string& bound, const Json& value) {
    if (value.is_string())
      bound = value.get<std::string>();
    else if (value.is_number())
      bound = text::FormatDouble(value.get<double>());
    if (read_.item.type == ItemType::kTime && bound.size() == 8) bound.resize(5);  // HH:MM:SS
    if (instrument::IsOrdered(read_.item.type) && instrument::OrdinalOf(read_.item.type, bound)) {
      if (value.is_string() && text::ParseDouble(bound, "bound").ok()) {
        return Change(what, "RANGE", "The number is written as a string; it was read as a number.");
      }
      return Keep(what, "RANGE");
    }
    bound.clear();
    Refuse(what, "RANGE", "The bound is no value of this item.");
  }

  const Json& json_;
  const std::string& place_;
  const std::string& language_;
  FhirItem& read_;
  Report& report_;
};

}  // namespace

void ReadFhirExtensions(const Json& json, const std::string& place, const std::string& language,
                        FhirItem& read, Report& report) {
  ExtensionReader(json, place, language, read, report).ReadExtensions();
}

void ReadVariables(const Json& element, std::map<std::string, std::string>& variables) {
  const auto list = element.find("extension");
  if (list == element.end() || !list->is_array()) return;
  for (const Json& extension : *list) {
    if (StringAt(extension, "url") != url::kVariable) continue;
    const Json* const value = ValueOf(extension);
    if (value != nullptr && value->is_object())
      variables[StringAt(*value, "name")] = StringAt(*value, "expression");
  }
}

}  // namespace reprise::exchange
