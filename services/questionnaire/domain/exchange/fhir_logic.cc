// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhir_logic.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/questionnaire/domain/exchange/fhir_condition.h"
#include "services/questionnaire/domain/exchange/fhirpath.h"

namespace reprise::exchange {
namespace {

using instrument::Item;
using instrument::ItemType;

// The faults of a translation, as one sentence.
std::string WhyOf(const absl::Status& status) {
  std::string why;
  for (const error::Violation& violation : error::DetailOf(status).violations) {
    absl::StrAppend(&why, why.empty() ? "" : " ", violation.message, " (", violation.path, ")");
  }
  return why.empty() ? std::string(status.message()) : why;
}

class Finisher {
 public:
  Finisher(const FhirRoot& head, const FhirLogic& logic, Imported& made)
      : head_(head), logic_(logic), made_(made) {
    for (const auto& [code, waiting] : logic.items) {
      const std::string link_id = StringAt(*waiting.json, "linkId");
      const FhirItem& read = waiting.read;
      if (read.item.type == ItemType::kUnspecified || read.item.type == ItemType::kInformation)
        continue;
      by_link_.emplace(link_id, Asked{.code = code,
                                      .link_id = link_id,
                                      .type = read.item.type,
                                      .codes = read.options.codes});
      if (read.options.codes_are_ordinals || read.options.choices.empty())
        ordinals_.emplace(link_id, true);
    }
  }

  void Run() {
    for (instrument::Section& section : made_.instrument.sections) {
      const auto waiting = logic_.sections.find(section.code);
      if (waiting != logic_.sections.end()) Condition(waiting->second, section.shown_if);
      for (Item& item : section.items) {
        for (instrument::Row& row : item.rows) Condition(logic_.items.at(row.code), row.shown_if);
        const auto own = logic_.items.find(item.code);
        if (own == logic_.items.end() || item.type == ItemType::kInformation) {
          if (own != logic_.items.end()) Condition(own->second, item.shown_if);
          continue;
        }
        Condition(own->second, item.shown_if);
        Calculation(own->second, item);
      }
    }
  }

 private:
  void Condition(const Waiting& waiting, std::string& shown_if) {
    if (!waiting.read.shown_if.empty()) {
      shown_if = waiting.read.shown_if;
      return;
    }
    if (!waiting.json->contains("enableWhen")) return;
    const std::string place = waiting.place + ", enableWhen";
    auto read = FromEnableWhen(*waiting.json, by_link_);
    if (!read.ok()) {
      return made_.report.Refuse(place, "ENABLE_WHEN",
                                 absl::StrCat(WhyOf(read.status()), " It is always shown."));
    }
    shown_if = *std::move(read);
    made_.report.Keep(place, "ENABLE_WHEN");
  }

  void Calculation(const Waiting& waiting, Item& item) {
    const FhirItem& read = waiting.read;
    const bool read_only =
        waiting.json->contains("readOnly") && (*waiting.json)["readOnly"] == true;
    std::string calculation = read.calculation;
    if (!read.calculated.empty()) calculation = Translate(waiting);
    if (calculation.empty()) {
      if (read_only) {
        made_.report.Refuse(waiting.place + ", readOnly", "READ_ONLY",
                            "Nothing computes the item, so it can be filled in.");
      }
      return;
    }
    if (read_only) made_.report.Keep(waiting.place + ", readOnly", "READ_ONLY");
    if (item.type == ItemType::kMatrix || !item.choices.empty() || !item.choice_list.empty()) {
      return made_.report.Refuse(waiting.place, "CALCULATION", "A choice is not computed.");
    }
    item.type = ItemType::kComputed;
    item.calculation = std::move(calculation);
    item.required = false;
    item.max_length.reset();
    item.multiline = false;
  }

  std::string Translate(const Waiting& waiting) {
    const std::string place = waiting.place + ", calculatedExpression";
    PathNames names;
    names.item = [&](const std::string& link_id) {
      const auto at = by_link_.find(link_id);
      return at == by_link_.end() || at->second.type == ItemType::kMultipleChoice ? ""
                                                                                  : at->second.code;
    };
    names.codes_are_ordinals = [&](const std::string& link_id) {
      return ordinals_.count(link_id) > 0;
    };
    names.codes_are_theirs = [&](const std::string& link_id) {
      const auto at = by_link_.find(link_id);
      return at != by_link_.end() &&
             std::all_of(at->second.codes.begin(), at->second.codes.end(),
                         [](const auto& code) { return code.first == code.second; });
    };
    names.variables = head_.variables;
    for (const auto& [name, path] : waiting.read.variables) names.variables[name] = path;
    auto read = FromFhirPath(waiting.read.calculated, names);
    if (!read.ok()) {
      made_.report.Refuse(
          place, "CALCULATION",
          absl::StrCat(WhyOf(read.status()), " The item can be filled in instead."));
      return "";
    }
    made_.report.Keep(place, "CALCULATION");
    return *std::move(read);
  }

  const FhirRoot& head_;
  const FhirLogic& logic_;
  Imported& made_;
  AskedByName by_link_;
  std::map<std::string, bool> ordinals_;
};

}  // namespace

void FinishFhirLogic(const FhirRoot& head, const FhirLogic& logic, Imported& made) {
  Finisher(head, logic, made).Run();
}

std::vector<std::string> LanguagesOf(const instrument::Instrument& instrument,
                                     const std::string& first) {
  std::vector<std::string> languages = {first};
  const auto add = [&](const instrument::Text& text) {
    for (const auto& [language, words] : text) {
      if (std::count(languages.begin(), languages.end(), language) == 0)
        languages.push_back(language);
    }
  };
  add(instrument.title);
  for (const instrument::Section& section : instrument.sections) {
    for (const Item& item : section.items) add(item.text);
  }
  return languages;
}

}  // namespace reprise::exchange
