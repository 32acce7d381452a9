// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhir_item.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/instrument/values.h"

namespace reprise::exchange {
namespace {

using instrument::Item;
using instrument::ItemType;

struct TypeName {
  const char* fhir;
  ItemType type;
  const char* change;  // what is different; empty where nothing is
};
constexpr TypeName kTypes[] = {
    {"display", ItemType::kInformation, ""},
    {"decimal", ItemType::kDecimal, ""},
    {"integer", ItemType::kInteger, ""},
    {"date", ItemType::kDate, ""},
    {"time", ItemType::kTime, ""},
    {"string", ItemType::kText, ""},
    {"text", ItemType::kText, ""},
    {"choice", ItemType::kSingleChoice, ""},
    {"group", ItemType::kUnspecified, ""},
    {"boolean", ItemType::kSingleChoice, "A boolean became one choice with the codes 1 and 0."},
    {"open-choice", ItemType::kSingleChoice,
     "Only the listed options can be chosen; the free text beside them is not kept."},
    {"quantity", ItemType::kDecimal, "A quantity became a decimal in one unit."},
    {"dateTime", ItemType::kText,
     "There is no item for a day with its time; it is taken as text and no longer checked."},
    {"url", ItemType::kText, "An address is taken as text and no longer checked."}};

class ItemReader {
 public:
  ItemReader(const Json& json, const std::string& place, const std::string& language,
             const ValueSets& sets, Report& report)
      : json_(json), place_(place), language_(language), sets_(sets), report_(report) {}

  std::optional<FhirItem> Read() {
    ReadNames();
    if (!ReadType()) return std::nullopt;
    for (const auto& [key, value] : json_.items()) ReadMember(key, value);
    read_.item = std::move(item_);
    ReadFhirExtensions(json_, place_, language_, read_, report_);
    item_ = std::move(read_.item);
    if (read_.control == "slider" &&
        (item_.type == ItemType::kInteger || item_.type == ItemType::kDecimal))
      BecomeScale();
    if (!ReadChoices()) return std::nullopt;
    read_.item = std::move(item_);
    return std::move(read_);
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

  void ReadNames() {
    item_.link_id = StringAt(json_, "linkId");
    const Json* const ours = ExtensionAt(json_, url::kCode);
    const Json* const code = ours == nullptr ? nullptr : ValueOf(*ours);
    item_.code =
        code != nullptr && code->is_string() ? code->get<std::string>() : CodeOf(item_.link_id);
    if (item_.code == item_.link_id) item_.link_id.clear();
    if (item_.link_id.empty() || code != nullptr)
      Keep("linkId", "LINK_ID");
    else
      Change("linkId", "LINK_ID",
             absl::StrCat("The item is called ", item_.code, "; its linkId is kept beside."));
  }

  bool ReadType() {
    const std::string name = StringAt(json_, "type");
    const auto* const found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                           [&](const TypeName& t) { return name == t.fhir; });
    if (found == std::end(kTypes)) {
      Refuse("type", "TYPE",
             absl::StrCat("There is no item for the type '", name.substr(0, 40),
                          "'; the item was left out."));
      return false;
    }
    item_.type = found->type;
    item_.multiline = name == "text";
    if (*found->change == '\0')
      Keep("type", "TYPE");
    else
      Change("type", "TYPE", found->change);
    if (name != "boolean") return true;
    const bool french = absl::StartsWith(language_, "fr");
    for (const bool truth : {true, false}) {
      instrument::Choice choice;
      choice.code = truth ? "1" : "0";
      choice.label[language_] = truth ? (french ? "Oui" : "Yes") : (french ? "Non" : "No");
      item_.choices.push_back(std::move(choice));
    }
    return true;
  }

  void ReadMember(const std::string& key, const Json& value) {
    if (key == "text") {
      bool html = false;
      PlainText(StringAt(json_, "text"), html);
      item_.text = ReadText(json_, "text", language_);
      if (html)
        Change(key, "TEXT", "HTML was taken out.");
      else
        Keep(key, "TEXT");
    } else if (key == "prefix" && value.is_string()) {
      item_.number = value.get<std::string>();
      Keep(key, "PREFIX");
    } else if (key == "required" && value.is_boolean()) {
      item_.required = value.get<bool>();
      Keep(key, "REQUIRED");
    } else if (key == "repeats" && value.is_boolean()) {
      ReadRepeats(value.get<bool>());
    } else if (key == "maxLength" && value.is_number_integer() && item_.type == ItemType::kText &&
               value.get<int64_t>() > 0 && value.get<int64_t>() <= 1000000) {
      item_.max_length = static_cast<int>(value.get<int64_t>());
      Keep(key, "MAX_LENGTH");
    } else if (key == "code") {
      ReadCode(value);
    } else if (key != "linkId" && key != "type" && key != "_text" && key != "extension" &&
               key != "item" && key != "enableWhen" && key != "enableBehavior" &&
               key != "answerOption" && key != "answerValueSet" && key != "readOnly") {
      Refuse(key.substr(0, 60), "ELEMENT", "The element is not known here.");
    }
  }

  void ReadRepeats(bool repeats) {
    if (!repeats) return Keep("repeats", "REPEATS");
    if (item_.type == ItemType::kSingleChoice) {
      item_.type = ItemType::kMultipleChoice;
      return Keep("repeats", "REPEATS");
    }
    Refuse("repeats", "REPEATS", "Only choices can have several answers; one is kept.");
  }

  void ReadCode(const Json& codes) {
    if (!codes.is_array() || codes.empty() || !codes[0].is_object())
      return Refuse("code", "CODE", "A list of codings is expected.");
    item_.concept_system = StringAt(codes[0], "system");
    item_.concept_code = StringAt(codes[0], "code");
    Keep("code[0]", "CODE");
    if (codes.size() > 1) Refuse("code[1]", "CODE", "One code is kept for each item.");
  }

  void BecomeScale() {
    item_.type = ItemType::kScale;
    const auto end = [](const std::string& bound, double otherwise) {
      const auto number = text::ParseDouble(bound, "bound");
      return number.ok() ? *number : otherwise;
    };
    item_.scale.min = end(item_.hard.min, 0);
    item_.scale.max = end(item_.hard.max, 100);
    if (*item_.scale.min >= *item_.scale.max || (item_.scale.step && *item_.scale.step <= 0)) {
      Refuse("extension minValue", "RANGE",
             "The ends of the scale are not in order; 0 to 100 were taken.");
      item_.scale.min = 0;
      item_.scale.max = 100;
      item_.scale.step.reset();
    }
    item_.hard = {};
    item_.decimals.reset();
    item_.unit = {};
  }

  bool ReadChoices() {
    const bool has = json_.contains("answerOption") || json_.contains("answerValueSet");
    const bool choice =
        item_.type == ItemType::kSingleChoice || item_.type == ItemType::kMultipleChoice;
    if (!choice) {
      if (has) Refuse("answerOption", "OPTION", "An item of this type has no options.");
      return true;
    }
    if (json_.contains("answerOption")) {
      read_.options = ReadOptions(json_["answerOption"], language_,
                                  absl::StrCat(place_, ", answerOption"), report_);
    } else if (json_.contains("answerValueSet")) {
      const auto set = sets_.find(StringAt(json_, "answerValueSet"));
      if (set == sets_.end()) {
        Refuse("answerValueSet", "VALUE_SET",
               "The value set is not in this file, so its codes are not known; the item was left "
               "out.");
        return false;
      }
      read_.options = set->second.options;
      item_.choice_list = set->second.list;
      Keep("answerValueSet", "VALUE_SET");
    } else if (!item_.choices.empty()) {  // a boolean
      read_.options.codes = {{"true", "1"}, {"false", "0"}};
      return true;
    }
    if (read_.options.choices.empty()) {
      Refuse("answerOption", "OPTION",
             "A choice without options cannot be answered; the item was left out.");
      return false;
    }
    if (item_.choice_list.empty()) item_.choices = read_.options.choices;
    if (item_.type == ItemType::kSingleChoice) {
      for (instrument::Choice& option : item_.choices) option.exclusive = false;
    }
    return true;
  }

  const Json& json_;
  const std::string& place_;
  const std::string& language_;
  const ValueSets& sets_;
  Report& report_;
  Item item_;
  FhirItem read_;
};

}  // namespace

std::optional<FhirItem> ReadFhirItem(const Json& json, const std::string& place,
                                     const std::string& language, const ValueSets& sets,
                                     Report& report) {
  return ItemReader(json, place, language, sets, report).Read();
}

}  // namespace reprise::exchange
