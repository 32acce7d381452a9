// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhir_options.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/exchange/redcap_choices.h"
#include "services/questionnaire/domain/instrument/describe.h"

namespace reprise::exchange {
namespace {

using instrument::Choice;

bool IsNumber(const std::string& code) { return text::ParseDouble(code, "code").ok(); }

class OptionReader {
 public:
  OptionReader(const std::string& language, const std::string& place, Report& report)
      : language_(language), place_(place), report_(report) {}

  Options Read(const Json& list) {
    if (!list.is_array()) return {};
    size_t number = 0;
    for (const Json& option : list) ReadOne(option, absl::StrCat(place_, "[", number++, "]"));
    Recode();
    Finish();
    return std::move(options_);
  }

 private:
  // A ValueSet's concept is a coding itself; an option holds one, or a string, integer or date.
  void ReadOne(const Json& option, const std::string& where) {
    if (!option.is_object()) return report_.Refuse(where, "OPTION", "An option is an object.");
    Choice choice;
    const bool nested = option.contains("valueCoding");
    const Json& coding = nested ? option["valueCoding"] : option;
    if (nested || option.contains("code") || option.contains("display")) {
      choice.code = StringAt(coding, "code");
      choice.concept_system = StringAt(coding, "system");
      choice.label = ReadText(coding, "display", language_);
      if (choice.code.empty()) choice.code = CodeOf(StringAt(coding, "display"));
    } else if (const Json* const value = ValueOf(option)) {
      choice.code = value->is_string()   ? value->get<std::string>()
                    : value->is_number() ? value->dump()
                                         : "";
      choice.label[language_] = choice.code;
    }
    const std::string theirs = choice.code;
    ReadExtensions(option, choice, where);
    if (nested) ReadExtensions(coding, choice, where);
    if (!IsUsableCode(choice.code)) {
      if (choice.code.empty())
        return report_.Refuse(where, "OPTION", "The option has no value that is known here.");
      choice.code = CodeOf(choice.code);
      report_.Change(
          where, "OPTION",
          absl::StrCat("The option's code is ", choice.code, ": a stored code has no blanks."));
    } else {
      report_.Keep(where, "OPTION");
    }
    if (!options_.codes.emplace(theirs, choice.code).second || !seen_.insert(choice.code).second) {
      return report_.Refuse(where, "OPTION", "The option's code stands twice.");
    }
    if (!choice.concept_system.empty() && choice.concept_code.empty()) choice.concept_code = theirs;
    options_.choices.push_back(std::move(choice));
  }

  void ReadExtensions(const Json& element, Choice& choice, const std::string& where) {
    const auto list = element.find("extension");
    if (list == element.end() || !list->is_array()) return;
    for (const Json& extension : *list) {
      const std::string url = StringAt(extension, "url");
      const Json* const value = ValueOf(extension);
      const std::string at =
          absl::StrCat(where, ", extension ", url.substr(url.rfind('/') + 1).substr(0, 60));
      if ((url == url::kOrdinal || url == url::kItemWeight) && value != nullptr &&
          NumberOf(*value)) {
        choice.value = NumberOf(*value);
        if (value->is_string())
          report_.Change(at, "ORDINAL",
                         "The decimal is written as a string; it was read as a number.");
        else
          report_.Keep(at, "ORDINAL");
      } else if (url == url::kExclusive && value != nullptr && value->is_boolean()) {
        choice.exclusive = value->get<bool>();
        report_.Keep(at, "EXCLUSIVE");
      } else if (url == url::kCode && value != nullptr && value->is_string()) {
        choice.concept_code = choice.code;
        choice.code = value->get<std::string>();
        report_.Keep(at, "CODE");
      } else if (url == url::kMissing && value != nullptr && value->is_string()) {
        for (const auto& [name, kind] : NamesOf(instrument::MissingKind{})) {
          if (value->get<std::string>() == name) choice.missing = kind;
        }
        report_.Keep(at, "MISSING");
      } else if (url == url::kOptionPrefix) {
        report_.Refuse(at, "OPTION_PREFIX",
                       "A label before an option is not kept; its code is shown instead.");
      } else {
        report_.Refuse(at, "EXTENSION", "The extension is not known here.");
      }
    }
  }

  // LOINC and others code answers by words such as LA6568-5; scores and branching want numbers.
  void Recode() {
    std::set<double> values;
    for (const Choice& choice : options_.choices) {
      if (!choice.value || IsNumber(choice.code) || !values.insert(*choice.value).second) return;
    }
    if (options_.choices.empty()) return;
    for (Choice& choice : options_.choices) {
      const std::string ours = text::FormatDouble(*choice.value);
      for (auto& [theirs, code] : options_.codes) {
        if (code == choice.code) code = ours;
      }
      choice.concept_code = choice.code;
      choice.code = ours;
    }
    report_.Change(
        place_, "OPTION_CODES",
        "The ordinal values became the stored codes; the options' own codes stay as concepts.");
  }

  void Finish() {
    options_.codes_are_ordinals = !options_.choices.empty();
    for (Choice& choice : options_.choices) {
      const auto code = text::ParseDouble(choice.code, "code");
      const bool same = choice.value && code.ok() && *code == *choice.value;
      options_.codes_are_ordinals = options_.codes_are_ordinals && same;
      if (same) choice.value.reset();
    }
  }

  const std::string& language_;
  const std::string& place_;
  Report& report_;
  Options options_;
  std::set<std::string> seen_;
};

}  // namespace

Options ReadOptions(const Json& list, const std::string& language, const std::string& place,
                    Report& report) {
  return OptionReader(language, place, report).Read(list);
}

Json WriteOptions(const std::vector<Choice>& choices, const std::string& language, bool concepts) {
  Json list = Json::array();
  for (const Choice& choice : choices) {
    Json coding = Json::object();
    if (!choice.concept_system.empty()) coding["system"] = choice.concept_system;
    coding["code"] = choice.concept_code.empty() ? choice.code : choice.concept_code;
    WriteText(choice.label, "display", language, coding);
    Json extensions = Json::array();
    const auto value = choice.value ? choice.value
                       : IsNumber(choice.code)
                           ? std::optional<double>(*text::ParseDouble(choice.code, "code"))
                           : std::nullopt;
    if (value && choice.missing == instrument::MissingKind::kNone) {
      extensions.push_back({{"url", url::kOrdinal}, {"valueDecimal", *value}});
    }
    if (!choice.concept_code.empty())
      extensions.push_back({{"url", url::kCode}, {"valueCode", choice.code}});
    if (choice.exclusive) extensions.push_back({{"url", url::kExclusive}, {"valueBoolean", true}});
    if (choice.missing != instrument::MissingKind::kNone) {
      extensions.push_back({{"url", url::kMissing}, {"valueCode", NameOf(choice.missing)}});
    }
    Json option = concepts ? coding : Json{{"valueCoding", coding}};
    if (!extensions.empty()) option["extension"] = std::move(extensions);
    list.push_back(std::move(option));
  }
  return list;
}

}  // namespace reprise::exchange
