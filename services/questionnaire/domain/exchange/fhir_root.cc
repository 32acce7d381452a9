// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhir_root.h"

#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::exchange {
namespace {

class RootReader {
 public:
  RootReader(const Json& root, const ImportOptions& options, Imported& made)
      : root_(root), report_(made.report), instrument_(made.instrument) {
    head_.language = StringAt(root, "language");
    if (head_.language.empty())
      head_.language = options.language.empty() ? "und" : options.language;
    instrument_.id = options.id;
    instrument_.version = options.version;
  }

  FhirRoot Read() {
    ReadRoot();
    ReadSets();
    return std::move(head_);
  }

 private:
  void ReadRoot() {
    for (const auto& [key, value] : root_.items()) {
      if (key == "resourceType" || key == "item" || key == "contained" || key == "extension" ||
          absl::StartsWith(key, "_")) {
        continue;
      }
      if (key == "title")
        instrument_.title = ReadText(root_, "title", head_.language);
      else if (key == "description")
        instrument_.description = ReadText(root_, "description", head_.language);
      else if (key == "version" && value.is_string() && instrument_.version.empty())
        instrument_.version = value.get<std::string>();
      else if (key == "identifier")
        ReadIdentifier(value);
      else if (key == "publisher" && value.is_string())
        instrument_.licence.owner = value.get<std::string>();
      else if (key == "copyright" && value.is_string())
        instrument_.licence.terms = value.get<std::string>();
      else if (key != "language" && key != "name" && key != "status" &&
               value != Json::array({"Patient"})) {
        report_.Refuse(key.substr(0, 60), "ELEMENT", "The element is not known here.");
        continue;
      }
      report_.Keep(key, "ELEMENT");
    }
    ReadVariables(root_, head_.variables);
    ReadDefinition();
    if (instrument_.id.empty())
      instrument_.id = CodeOf(StringAt(root_, "name").empty() ? StringAt(root_, "title")
                                                              : StringAt(root_, "name"));
    if (instrument_.version.empty()) instrument_.version.assign(1, '1');
    if (instrument_.title.empty()) instrument_.title[head_.language] = instrument_.id;
  }

  void ReadIdentifier(const Json& list) {
    if (!list.is_array()) return;
    for (const Json& one : list) {
      if (StringAt(one, "system") == url::kInstrumentSystem && instrument_.id.empty())
        instrument_.id = StringAt(one, "value");
    }
  }

  // Our own extension: what an export of ours could not say in R4.
  void ReadDefinition() {
    const auto list = root_.find("extension");
    if (list == root_.end() || !list->is_array()) return;
    for (const Json& extension : *list) {
      const std::string url = StringAt(extension, "url");
      const std::string place =
          absl::StrCat("extension ", url.substr(url.rfind('/') + 1).substr(0, 60));
      const Json* const value = ValueOf(extension);
      if (url == url::kVariable) {
        report_.Keep(place, "VARIABLE");
      } else if (url != url::kDefinition || value == nullptr || !value->is_string()) {
        report_.Refuse(place, "EXTENSION", "The extension is not known here.");
      } else {
        TakeDefinition(place, value->get<std::string>());
      }
    }
  }

  void TakeDefinition(const std::string& place, const std::string& text) {
    auto document = instrument::ReadDocument(text, "definition");
    if (!document.ok() || !document->faults.empty()) {
      return report_.Refuse(place, "DEFINITION", "Our own extension could not be read.");
    }
    head_.own_definition = true;
    instrument_.languages = std::move(document->instrument.languages);
    instrument_.licence = std::move(document->instrument.licence);
    instrument_.missing_codes = std::move(document->instrument.missing_codes);
    instrument_.scores = std::move(document->instrument.scores);
    instrument_.alerts = std::move(document->instrument.alerts);
    report_.Keep(place, "DEFINITION");
  }

  void ReadSets() {
    const auto contained = root_.find("contained");
    if (contained == root_.end() || !contained->is_array()) return;
    for (size_t i = 0; i < contained->size(); ++i) {
      const Json& set = (*contained)[i];
      const std::string place = absl::StrCat("contained[", i, "]");
      const Json* const concepts = ConceptsOf(set);
      if (StringAt(set, "resourceType") != "ValueSet" || concepts == nullptr) {
        report_.Refuse(place, "CONTAINED", "Only value sets that list their codes are read.");
        continue;
      }
      ValueSet made;
      made.options = ReadOptions(*concepts, head_.language, place, report_);
      made.list = StringAt(set, "name");
      if (!instrument::IsCode(made.list)) made.list = CodeOf(StringAt(set, "id"));
      if (!made.options.choices.empty() && lists_.insert(made.list).second) {
        instrument_.choice_lists.push_back({.id = made.list, .choices = made.options.choices});
        head_.sets.emplace(absl::StrCat("#", StringAt(set, "id")), std::move(made));
      }
    }
  }

  static const Json* ConceptsOf(const Json& set) {
    if (!set.is_object()) return nullptr;
    const Json* at = &set;
    const bool expanded = set.contains("expansion");
    for (const char* key :
         {expanded ? "expansion" : "compose", expanded ? "contains" : "include"}) {
      if (!at->is_object() || !at->contains(key)) return nullptr;
      at = &(*at)[key];
    }
    if (expanded) return at;
    if (!at->is_array() || at->size() != 1 || !(*at)[0].is_object() ||
        !(*at)[0].contains("concept"))
      return nullptr;
    return &(*at)[0]["concept"];
  }

  const Json& root_;
  Report& report_;
  instrument::Instrument& instrument_;
  FhirRoot head_;
  std::set<std::string> lists_;
};

}  // namespace

FhirRoot ReadFhirRoot(const Json& root, const ImportOptions& options, Imported& made) {
  return RootReader(root, options, made).Read();
}

}  // namespace reprise::exchange
