// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"
#include "services/questionnaire/domain/exchange/fhir.h"
#include "services/questionnaire/domain/exchange/fhir_logic.h"
#include "services/questionnaire/domain/exchange/fhir_root.h"
#include "services/questionnaire/domain/exchange/settle.h"

namespace reprise::exchange {
namespace {

using instrument::Item;
using instrument::ItemType;
using instrument::Section;

// A group shown as a table, all of whose questions are choices with the same options.
bool IsMatrix(const Json& json) {
  const Json* const control = ExtensionAt(json, url::kControl);
  const auto items = json.find("item");
  if (control == nullptr || items == json.end() || !items->is_array()) return false;
  const Json* const value = ValueOf(*control);
  if (value == nullptr || !value->is_object() || !value->contains("coding")) return false;
  const Json& codings = (*value)["coding"];
  const std::string code =
      codings.is_array() && !codings.empty() ? StringAt(codings[0], "code") : "";
  if (code != "gtable" && code != "table") return false;
  const Json* first = nullptr;
  for (const Json& item : *items) {
    if (StringAt(item, "type") == "display") continue;
    if (StringAt(item, "type") != "choice" || item.contains("item")) return false;
    if (first == nullptr) first = &item;
    for (const char* key : {"answerOption", "answerValueSet", "repeats"}) {
      if (item.contains(key) != first->contains(key)) return false;
      if (item.contains(key) && item[key] != (*first)[key]) return false;
    }
  }
  return first != nullptr;
}

// Reads the tree of items into sections; conditions and calculations are left to FinishFhirLogic.
class TreeReader {
 public:
  TreeReader(const FhirRoot& head, Imported& made)
      : head_(head), report_(made.report), sections_(made.instrument.sections) {}

  FhirLogic Read(const Json& root) {
    const auto items = root.find("item");
    if (items != root.end() && items->is_array()) {
      for (size_t i = 0; i < items->size(); ++i)
        ReadTop((*items)[i], absl::StrCat("item[", i, "]"));
    }
    std::erase_if(sections_, [](const Section& section) { return section.items.empty(); });
    return std::move(logic_);
  }

 private:
  static std::string Where(const Json& json, const std::string& place) {
    return absl::StrCat(place, " ", StringAt(json, "linkId").substr(0, 60));
  }

  // Groups at the top are sections; other items at the top go into one of their own.
  void ReadTop(const Json& json, const std::string& place) {
    if (!json.is_object()) return report_.Refuse(place, "ITEM", "An item is an object.");
    if (StringAt(json, "type") != "group" || IsMatrix(json)) {
      if (!loose_) OpenSection("items");
      loose_ = true;
      return ReadItem(json, place);
    }
    loose_ = false;
    const std::string where = Where(json, place);
    auto read = ReadFhirItem(json, where, head_.language, head_.sets, report_);
    if (!read) return;
    OpenSection(CodeOf(absl::StripPrefix(StringAt(json, "linkId"), "section-")));
    sections_.back().title = read->item.text;
    sections_.back().form = read->form;
    Wait(logic_.sections, sections_.back().code, json, where, *std::move(read));
    ReadChildren(json, place);
  }

  static void Wait(std::map<std::string, Waiting>& waiting, const std::string& code,
                   const Json& json, const std::string& where, FhirItem read) {
    waiting.emplace(code, Waiting{&json, where, std::move(read)});
  }

  void OpenSection(const std::string& base) {
    Section section;
    section.code = base;
    for (int n = 2; !section_codes_.insert(section.code).second; ++n)
      section.code = absl::StrCat(base, "_", n);
    sections_.push_back(std::move(section));
  }

  void ReadChildren(const Json& json, const std::string& place) {
    const auto items = json.find("item");
    if (items == json.end() || !items->is_array()) return;
    for (size_t i = 0; i < items->size(); ++i)
      ReadItem((*items)[i], absl::StrCat(place, ".item[", i, "]"));
  }

  void ReadItem(const Json& json, const std::string& place) {
    if (!json.is_object()) return report_.Refuse(place, "ITEM", "An item is an object.");
    const std::string where = Where(json, place);
    auto read = ReadFhirItem(json, where, head_.language, head_.sets, report_);
    if (!read) return ReadChildren(json, place);
    if (TakeAsNote(*read)) return;
    if (!codes_.insert(read->item.code).second) {
      report_.Refuse(where, "LINK_ID", "An item of this code stands above; it was left out.");
      return ReadChildren(json, place);
    }
    if (read->item.type == ItemType::kUnspecified) {
      return IsMatrix(json) ? ReadMatrix(json, place, where, *std::move(read))
                            : Ungroup(json, place, where, *std::move(read));
    }
    sections_.back().items.push_back(read->item);
    Wait(logic_.items, sections_.back().items.back().code, json, where, *std::move(read));
    ReadChildren(json, place);
  }

  // A child `display` with the control help, lower, middle or upper belongs to its parent.
  bool TakeAsNote(const FhirItem& read) {
    std::vector<Item>& items = sections_.back().items;
    if (read.item.type != ItemType::kInformation || items.empty()) return false;
    Item& owner = items.back();
    const bool scale = owner.type == ItemType::kScale;
    if (read.control == "help")
      owner.help = read.item.text;
    else if (scale && read.control == "lower")
      owner.scale.low_label = read.item.text;
    else if (scale && read.control == "middle")
      owner.scale.middle_label = read.item.text;
    else if (scale && read.control == "upper")
      owner.scale.high_label = read.item.text;
    else
      return false;
    return true;
  }

  // A group inside a section loses its frame; its words stay as information.
  void Ungroup(const Json& json, const std::string& place, const std::string& where,
               FhirItem read) {
    report_.Change(where, "GROUP",
                   "A group within a group loses its frame; its items follow one another.");
    if (json.contains("enableWhen") || !read.shown_if.empty()) {
      report_.Refuse(where, "ENABLE_WHEN",
                     "The condition of a group within a group is not kept; state it at its items.");
    }
    if (!read.item.text.empty()) {
      read.item.type = ItemType::kInformation;
      read.item.required = false;
      sections_.back().items.push_back(std::move(read.item));
    }
    ReadChildren(json, place);
  }

  void ReadMatrix(const Json& json, const std::string& place, const std::string& where,
                  FhirItem read) {
    Item matrix = read.item;
    matrix.type = ItemType::kMatrix;
    const Json& rows = json["item"];
    for (size_t i = 0; i < rows.size(); ++i) {
      ReadRow(rows[i], absl::StrCat(place, ".item[", i, "]"), matrix);
    }
    if (matrix.rows.empty()) return;
    Wait(logic_.items, matrix.code, json, where, std::move(read));
    sections_.back().items.push_back(std::move(matrix));
  }

  void ReadRow(const Json& json, const std::string& place, Item& matrix) {
    const std::string where = Where(json, place);
    auto line = ReadFhirItem(json, where, head_.language, head_.sets, report_);
    if (!line) return;
    if (line->item.type == ItemType::kInformation) {
      if (line->control == "help")
        matrix.help = line->item.text;
      else
        report_.Refuse(where, "ITEM", "A matrix holds questions only.");
      return;
    }
    if (!codes_.insert(line->item.code).second) {
      return report_.Refuse(where, "LINK_ID",
                            "An item of this code stands above; it was left out.");
    }
    matrix.multiple = line->item.type == ItemType::kMultipleChoice;
    matrix.choice_list = line->item.choice_list;
    matrix.choices = line->item.choices;
    instrument::Row row;
    row.code = line->item.code;
    row.text = line->item.text;
    row.number = line->item.number;
    row.required = line->item.required;
    row.annotation = line->item.annotation;
    row.link_id = line->item.link_id;
    matrix.rows.push_back(std::move(row));
    Wait(logic_.items, matrix.rows.back().code, json, where, *std::move(line));
  }

  const FhirRoot& head_;
  Report& report_;
  std::vector<Section>& sections_;
  bool loose_ = false;  // in a section made for items without one
  std::set<std::string> codes_, section_codes_;
  FhirLogic logic_;
};

// What shows nothing gets its code as its words, told in the report.
class WordGiver {
 public:
  WordGiver(const std::string& language, Imported& made) : language_(language), made_(made) {}

  void Run() {
    for (instrument::ChoiceList& list : made_.instrument.choice_lists)
      GiveChoices(list.id, list.choices);
    for (Section& section : made_.instrument.sections) {
      for (Item& item : section.items) GiveItem(item);
    }
  }

 private:
  void Give(const std::string& place, const std::string& words, instrument::Text& text) {
    if (!text.empty()) return;
    text[language_] = words;
    made_.report.Change(place, "TEXT", "There is no text; the code is shown.");
  }
  void GiveChoices(const std::string& place, std::vector<instrument::Choice>& choices) {
    for (instrument::Choice& choice : choices) {
      Give(absl::StrCat(place, ", option ", choice.code), choice.code, choice.label);
    }
  }
  void GiveItem(Item& item) {
    for (instrument::Row& row : item.rows) Give(row.code, row.code, row.text);
    if (item.type != ItemType::kMatrix && item.type != ItemType::kComputed)
      Give(item.code, item.code, item.text);
    GiveChoices(item.code, item.choices);
    if (item.type != ItemType::kScale) return;
    Give(item.code + ", low end", text::FormatDouble(*item.scale.min), item.scale.low_label);
    Give(item.code + ", high end", text::FormatDouble(*item.scale.max), item.scale.high_label);
  }

  const std::string& language_;
  Imported& made_;
};

}  // namespace

absl::StatusOr<Imported> ImportFhir(absl::string_view bytes, absl::string_view name,
                                    const ImportOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const Json root, ParseJson(bytes, name));
  if (StringAt(root, "resourceType") != "Questionnaire") {
    return error::InvalidField(absl::StrCat(name, ":1"), "QUESTIONNAIRE_EXPECTED",
                               "The document is no FHIR Questionnaire (resourceType).");
  }
  Imported made;
  const FhirRoot head = ReadFhirRoot(root, options, made);
  const FhirLogic logic = TreeReader(head, made).Read(root);
  if (made.instrument.sections.empty()) {
    return error::InvalidField(absl::StrCat(name, ":1"), "QUESTIONNAIRE_EMPTY",
                               "No item of the questionnaire could be taken.");
  }
  FinishFhirLogic(head, logic, made);
  if (!head.own_definition) {
    made.instrument.languages = LanguagesOf(made.instrument, head.language);
    WordGiver(head.language, made).Run();
  }
  Settle(name, made);
  return made;
}

}  // namespace reprise::exchange
