// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/exchange/fhir.h"
#include "services/questionnaire/domain/exchange/fhir_condition.h"
#include "services/questionnaire/domain/exchange/fhir_options.h"
#include "services/questionnaire/domain/instrument/write.h"

namespace reprise::exchange {
namespace {

using instrument::Instrument;
using instrument::Item;
using instrument::ItemType;

Json Control(const char* code) {
  return {{"url", url::kControl},
          {"valueCodeableConcept",
           {{"coding", Json::array({{{"system", url::kControlSystem}, {"code", code}}})}}}};
}

Json Expression(const char* url, const std::string& expression) {
  return {{"url", url},
          {"valueExpression", {{"language", url::kLanguage}, {"expression", expression}}}};
}

const char* TypeOf(const Item& item) {
  switch (item.type) {
    case ItemType::kSingleChoice:
    case ItemType::kMultipleChoice:
      return "choice";
    case ItemType::kInteger:
      return "integer";
    case ItemType::kDate:
    case ItemType::kPartialDate:
      return "date";
    case ItemType::kTime:
      return "time";
    case ItemType::kText:
      return item.multiline ? "text" : "string";
    case ItemType::kMatrix:
      return "group";
    case ItemType::kInformation:
      return "display";
    default:
      return "decimal";
  }
}

class Exporter {
 public:
  explicit Exporter(const Instrument& instrument) : instrument_(instrument) {
    language_ = !instrument.languages.empty() ? instrument.languages[0]
                : instrument.title.empty()    ? "und"
                                              : instrument.title.begin()->first;
    for (const instrument::Field& field : instrument::FieldsOf(instrument)) {
      Asked asked{
          .code = field.code(), .link_id = LinkId(field), .type = field.item->type, .codes = {}};
      if (asked.type == ItemType::kMatrix) {
        asked.type = field.item->multiple ? ItemType::kMultipleChoice : ItemType::kSingleChoice;
      }
      for (const instrument::Choice& choice : instrument::ChoicesOf(instrument, *field.item)) {
        if (!choice.concept_code.empty()) asked.codes.emplace(choice.code, choice.concept_code);
        by_link_codes_[asked.link_id].emplace(
            choice.concept_code.empty() ? choice.code : choice.concept_code, choice.code);
      }
      asked_.emplace(field.code(), std::move(asked));
    }
  }

  FhirExport Run() {
    Json root = {{"resourceType", "Questionnaire"}, {"language", language_}};
    WriteLists(root);
    root["extension"] = Json::array({{{"url", url::kDefinition}, {"valueString", Rest()}}});
    root["identifier"] =
        Json::array({{{"system", url::kInstrumentSystem}, {"value", instrument_.id}}});
    root["version"] = instrument_.version;
    root["name"] = CodeOf(instrument_.id);
    WriteText(instrument_.title, "title", language_, root);
    root["status"] = "draft";
    root["subjectType"] = Json::array({"Patient"});
    WriteText(instrument_.description, "description", language_, root);
    if (!instrument_.licence.terms.empty()) root["copyright"] = instrument_.licence.terms;
    root["item"] = Json::array();
    for (const instrument::Section& section : instrument_.sections) {
      Json group = {{"linkId", absl::StrCat("section-", section.code)}, {"type", "group"}};
      WriteText(section.title, "text", language_, group);
      if (!section.form.empty()) Extend(group, url::kForm, "valueString", section.form);
      WriteCondition(section.shown_if, group);
      group["item"] = Json::array();
      for (const Item& item : section.items) group["item"].push_back(WriteItem(item));
      root["item"].push_back(std::move(group));
    }
    if (!instrument_.scores.empty())
      Unseen("scores", "Scores travel in an extension that other systems do not read.");
    if (!instrument_.alerts.empty())
      Unseen("alerts", "Alerts travel in an extension that other systems do not read.");
    if (!instrument_.missing_codes.empty())
      Unseen("missing_codes",
             "Missing codes travel in an extension that other systems do not read.");
    made_.json = root.dump(2) + "\n";
    return std::move(made_);
  }

 private:
  void Unseen(const std::string& place, const char* message) {
    made_.report.Change(place, "EXTENSION", message);
  }

  static std::string LinkId(const instrument::Field& field) {
    const std::string& link = field.row != nullptr ? field.row->link_id : field.item->link_id;
    return link.empty() ? field.code() : link;
  }

  // What R4 has no element for, as our own document.
  std::string Rest() const {
    Instrument rest = instrument_;
    rest.id.clear();
    rest.version.clear();
    rest.title.clear();
    rest.description.clear();
    rest.choice_lists.clear();
    rest.sections.clear();
    return WriteYaml(rest);
  }

  void WriteLists(Json& root) const {
    for (const instrument::ChoiceList& list : instrument_.choice_lists) {
      Json set = {{"resourceType", "ValueSet"},
                  {"id", ListId(list.id)},
                  {"name", list.id},
                  {"status", "draft"}};
      set["compose"]["include"] =
          Json::array({{{"concept", WriteOptions(list.choices, language_, true)}}});
      root["contained"].push_back(std::move(set));
    }
  }
  // FHIR ids hold no underscore.
  static std::string ListId(std::string id) {
    for (char& c : id) {
      if (c == '_') c = '-';
    }
    return id;
  }

  void WriteChoices(const Item& item, Json& out) const {
    if (!item.choice_list.empty())
      out["answerValueSet"] = absl::StrCat("#", ListId(item.choice_list));
    else
      out["answerOption"] = WriteOptions(item.choices, language_, false);
  }

  void WriteCondition(const std::string& shown_if, Json& out) {
    if (shown_if.empty()) return;
    AskedByName by_link;
    for (const auto& [code, asked] : asked_) {
      Asked back = asked;
      back.codes = by_link_codes_[asked.link_id];
      by_link.emplace(asked.link_id, std::move(back));
    }
    if (ToEnableWhen(shown_if, asked_, out)) {
      const auto read = FromEnableWhen(out, by_link);
      if (read.ok() && *read == shown_if) return;
    } else {
      Unseen(shown_if, "The condition is no simple comparison; it travels in an extension only.");
    }
    out["extension"].push_back(Expression(url::kEnableWhen, shown_if));
  }

  Json WriteItem(const Item& item) {
    Json out = {{"linkId", item.link_id.empty() ? item.code : item.link_id},
                {"type", TypeOf(item)}};
    if (!item.link_id.empty()) Extend(out, url::kCode, "valueString", item.code);
    if (!item.concept_code.empty()) {
      out["code"] = Json::array({{{"system", item.concept_system}, {"code", item.concept_code}}});
    }
    if (!item.number.empty()) out["prefix"] = item.number;
    WriteText(item.text, "text", language_, out);
    WriteCondition(item.shown_if, out);
    if (item.required) out["required"] = true;
    if (item.type == ItemType::kMultipleChoice) out["repeats"] = true;
    if (item.max_length) out["maxLength"] = *item.max_length;
    WriteDetails(item, out);
    if (item.type == ItemType::kSingleChoice || item.type == ItemType::kMultipleChoice)
      WriteChoices(item, out);
    if (item.type == ItemType::kMatrix) WriteRows(item, out);
    if (item.type == ItemType::kScale) WriteScale(item, out);
    if (!item.help.empty()) out["item"].push_back(Note(item, "help", item.help));
    return out;
  }

  static void Extend(Json& out, const char* url, const char* member, Json value) {
    out["extension"].push_back({{"url", url}, {member, std::move(value)}});
  }

  void WriteDetails(const Item& item, Json& out) const {
    if (item.type == ItemType::kPartialDate || item.type == ItemType::kScale) {
      Extend(out, url::kType, "valueCode",
             item.type == ItemType::kScale ? "scale" : "partial_date");
    }
    if (item.type == ItemType::kComputed) {
      out["readOnly"] = true;
      out["extension"].push_back(Expression(url::kCalculated, item.calculation));
    }
    if (item.unit != instrument::Unit{}) {
      Json coding = {{"system", "http://unitsofmeasure.org"}, {"code", item.unit.code}};
      WriteText(item.unit.label, "display", language_, coding);
      Extend(out, url::kUnit, "valueCoding", std::move(coding));
    }
    if (item.decimals) Extend(out, url::kDecimals, "valueInteger", *item.decimals);
    WriteBound(item, item.hard.min, url::kMin, out);
    WriteBound(item, item.hard.max, url::kMax, out);
    if (!item.soft.min.empty()) Extend(out, url::kSoftMin, "valueString", item.soft.min);
    if (!item.soft.max.empty()) Extend(out, url::kSoftMax, "valueString", item.soft.max);
    if (item.identifying) Extend(out, url::kIdentifying, "valueBoolean", true);
    if (!item.annotation.empty()) Extend(out, url::kDesignNote, "valueMarkdown", item.annotation);
  }

  static void WriteBound(const Item& item, const std::string& bound, const char* url, Json& out) {
    if (bound.empty()) return;
    const auto number = text::ParseDouble(bound, "bound");
    if (item.type == ItemType::kDate || item.type == ItemType::kPartialDate)
      Extend(out, url, "valueDate", bound);
    else if (item.type == ItemType::kTime)
      Extend(out, url, "valueTime", bound + ":00");
    else if (item.type == ItemType::kInteger && number.ok())
      Extend(out, url, "valueInteger", static_cast<int64_t>(*number));
    else if (number.ok())
      Extend(out, url, "valueDecimal", *number);
  }

  void WriteRows(const Item& item, Json& out) {
    out["extension"].push_back(Control(item.multiple ? "table" : "gtable"));
    for (const instrument::Row& row : item.rows) {
      Json line = {{"linkId", row.link_id.empty() ? row.code : row.link_id}, {"type", "choice"}};
      if (!row.link_id.empty()) Extend(line, url::kCode, "valueString", row.code);
      if (!row.number.empty()) line["prefix"] = row.number;
      WriteText(row.text, "text", language_, line);
      WriteCondition(row.shown_if, line);
      if (row.required) line["required"] = true;
      if (item.multiple) line["repeats"] = true;
      if (!row.annotation.empty()) Extend(line, url::kDesignNote, "valueMarkdown", row.annotation);
      WriteChoices(item, line);
      out["item"].push_back(std::move(line));
    }
  }

  Json Note(const Item& item, const char* control, const instrument::Text& text) const {
    Json note = {{"linkId", absl::StrCat(item.code, "-", control)},
                 {"type", "display"},
                 {"extension", Json::array({Control(control)})}};
    WriteText(text, "text", language_, note);
    return note;
  }

  void WriteScale(const Item& item, Json& out) const {
    const instrument::Scale& scale = item.scale;
    out["extension"].push_back(Control("slider"));
    if (scale.min) Extend(out, url::kMin, "valueDecimal", *scale.min);
    if (scale.max) Extend(out, url::kMax, "valueDecimal", *scale.max);
    if (scale.step && *scale.step == static_cast<int>(*scale.step)) {
      Extend(out, url::kSliderStep, "valueInteger", static_cast<int>(*scale.step));
    } else if (scale.step) {
      Extend(out, url::kSliderStep, "valueDecimal", *scale.step);
    }
    if (scale.show_value) Extend(out, url::kScaleDetail, "valueCode", "show_value");
    if (!scale.low_label.empty()) out["item"].push_back(Note(item, "lower", scale.low_label));
    if (!scale.middle_label.empty())
      out["item"].push_back(Note(item, "middle", scale.middle_label));
    if (!scale.high_label.empty()) out["item"].push_back(Note(item, "upper", scale.high_label));
  }

  const Instrument& instrument_;
  std::string language_;
  AskedByName asked_;  // by our code
  std::map<std::string, std::map<std::string, std::string>> by_link_codes_;
  FhirExport made_;
};

}  // namespace

FhirExport ExportFhir(const Instrument& instrument) { return Exporter(instrument).Run(); }

}  // namespace reprise::exchange
