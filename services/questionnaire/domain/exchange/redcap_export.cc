// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/platform/error/error.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"
#include "services/questionnaire/domain/exchange/redcap.h"
#include "services/questionnaire/domain/exchange/redcap_logic.h"
#include "services/questionnaire/domain/exchange/redcap_table.h"

namespace reprise::exchange {
namespace {

using instrument::Choice;
using instrument::Instrument;
using instrument::Item;
using instrument::ItemType;
using instrument::Section;

const char* TypeOf(const Item& item) {
  switch (item.type) {
    case ItemType::kSingleChoice:
      return "radio";
    case ItemType::kMultipleChoice:
      return "checkbox";
    case ItemType::kMatrix:
      return item.multiple ? "checkbox" : "radio";
    case ItemType::kComputed:
      return "calc";
    case ItemType::kInformation:
      return "descriptive";
    case ItemType::kScale:
      return "slider";
    default:
      return item.multiline ? "notes" : "text";
  }
}

std::string ValidationOf(const Item& item) {
  switch (item.type) {
    case ItemType::kInteger:
      return "integer";
    case ItemType::kDecimal:
      return item.decimals && *item.decimals >= 1 && *item.decimals <= 4
                 ? absl::StrCat("number_", *item.decimals, "dp")
                 : "number";
    case ItemType::kDate:
      return "date_ymd";
    case ItemType::kTime:
      return "time";
    case ItemType::kScale:
      return item.scale.show_value ? "number" : "";
    default:
      return "";
  }
}

class Exporter {
 public:
  Exporter(const Instrument& instrument, const std::string& language, RedcapExport& made)
      : instrument_(instrument), language_(language), made_(made) {}

  void Run() {
    std::vector<std::string> header;
    for (int c = 0; c < kRedcapColumns; ++c)
      header.emplace_back(PageName(static_cast<RedcapColumn>(c)));
    made_.csv = text::FormatCsvRow(header);
    TellWhole();
    for (const Section& section : instrument_.sections) {
      title_ = Words(section.title);
      form_ = section.form.empty() ? absl::AsciiStrToLower(CodeOf(instrument_.id)) : section.form;
      for (const Item& item : section.items) WriteItem(section, item);
    }
  }

 private:
  using Cells = std::array<std::string, kRedcapColumns>;

  std::string Words(const instrument::Text& text) const {
    const auto at = text.find(language_);
    return at == text.end() ? "" : at->second;
  }
  void Lost(const std::string& place, const char* construct, const char* message) {
    made_.report.Refuse(place, construct, message);
  }

  // What belongs to the whole instrument and has no column.
  void TellWhole() {
    if (instrument_.languages.size() > 1)
      Lost("languages", "LANGUAGES", "A dictionary has one language.");
    if (!instrument_.scores.empty()) Lost("scores", "SCORES", "A dictionary has no scores.");
    if (!instrument_.alerts.empty()) Lost("alerts", "ALERTS", "A dictionary has no alerts.");
    if (!instrument_.missing_codes.empty()) {
      Lost("missing_codes", "MISSING_CODES",
           "REDCap keeps missing-data codes with the project, not in its dictionary.");
    }
    Lost("licence", "LICENCE", "A dictionary has no licence block.");
  }

  Cells NewRow(const std::string& code, const Item& item) {
    Cells cells;
    cells[kFieldName] = absl::AsciiStrToLower(code);
    if (cells[kFieldName] != code) {
      made_.report.Change(code, "FIELD", "REDCap's names are lower case.");
    }
    cells[kFormName] = form_;
    cells[kSectionHeader] = std::exchange(title_, "");
    cells[kFieldType] = TypeOf(item);
    cells[kValidation] = ValidationOf(item);
    if (item.identifying) cells[kIdentifier] = "y";
    return cells;
  }

  void Write(const Cells& cells) {
    made_.csv += text::FormatCsvRow(std::vector<std::string>(cells.begin(), cells.end()));
  }

  void WriteItem(const Section& section, const Item& item) {
    TellItem(item);
    if (item.type == ItemType::kMatrix) return WriteMatrix(section, item);
    Cells cells = NewRow(item.code, item);
    cells[kFieldLabel] = Words(item.text);
    if (cells[kFieldLabel].empty() && item.type != ItemType::kComputed)
      cells[kFieldLabel] = item.code;
    cells[kFieldNote] = Words(item.help);
    cells[kQuestionNumber] = item.number;
    cells[kRequired] = item.required ? "y" : "";
    cells[kChoices] = item.type == ItemType::kScale ? SliderLabels(item)
                      : item.type == ItemType::kComputed
                          ? Logic(item.code, "CALCULATION", item.calculation)
                          : Choices(item);
    cells[kMinimum] = item.soft.min;
    cells[kMaximum] = item.soft.max;
    if (item.type == ItemType::kScale && (*item.scale.min != 0 || *item.scale.max != 100)) {
      cells[kMinimum] = text::FormatDouble(*item.scale.min);
      cells[kMaximum] = text::FormatDouble(*item.scale.max);
    }
    cells[kBranching] = Logic(item.code, "BRANCHING", Both(section.shown_if, item.shown_if));
    cells[kAnnotation] = Annotation(item, item.annotation);
    Write(cells);
  }

  void WriteMatrix(const Section& section, const Item& item) {
    const std::string stem = Words(item.text);
    if (!stem.empty() || !title_.empty()) {
      title_ = title_.empty() ? stem : absl::StrCat(title_, "\n\n", stem);
    }
    for (const instrument::Row& row : item.rows) {
      Cells cells = NewRow(row.code, item);
      cells[kFieldLabel] = Words(row.text).empty() ? row.code : Words(row.text);
      cells[kQuestionNumber] = row.number;
      cells[kRequired] = row.required || item.required ? "y" : "";
      cells[kChoices] = Choices(item);
      cells[kBranching] =
          Logic(row.code, "BRANCHING", Both(Both(section.shown_if, item.shown_if), row.shown_if));
      cells[kMatrixGroup] = absl::AsciiStrToLower(item.code);
      cells[kAnnotation] = Annotation(item, row.annotation);
      Write(cells);
    }
  }

  static std::string Both(const std::string& outer, const std::string& inner) {
    if (outer.empty() || inner.empty()) return outer.empty() ? inner : outer;
    return absl::StrCat("(", outer, ") and (", inner, ")");
  }

  std::string Choices(const Item& item) {
    std::vector<std::string> parts;
    for (const Choice& choice : instrument::ChoicesOf(instrument_, item)) {
      std::string label = Words(choice.label);
      if (label.find('|') != std::string::npos) {
        std::replace(label.begin(), label.end(), '|', '/');
        made_.report.Change(item.code, "CHOICE", "A '|' in a label became '/'.");
      }
      parts.push_back(absl::StrCat(choice.code, ", ", label.empty() ? choice.code : label));
    }
    return absl::StrJoin(parts, " | ");
  }

  std::string SliderLabels(const Item& item) const {
    const std::string middle = Words(item.scale.middle_label);
    std::vector<std::string> labels = {Words(item.scale.low_label)};
    if (!middle.empty()) labels.push_back(middle);
    labels.push_back(Words(item.scale.high_label));
    return absl::StrJoin(labels, " | ");
  }

  std::string Logic(const std::string& place, const char* construct,
                    const std::string& expression) {
    if (expression.empty()) return "";
    const Translated done = ToRedcap(expression);
    if (done.refused())
      made_.report.Refuse(place, construct, absl::StrJoin(done.refusals, " "));
    else if (!done.changes.empty())
      made_.report.Change(place, construct, absl::StrJoin(done.changes, " "));
    return done.text;
  }

  std::string Annotation(const Item& item, const std::string& words) const {
    std::vector<std::string> parts;
    if (!words.empty()) parts.push_back(words);
    if (item.max_length) parts.push_back(absl::StrCat("@CHARLIMIT=", *item.max_length));
    std::vector<std::string> exclusive;
    for (const Choice& choice : instrument::ChoicesOf(instrument_, item)) {
      if (choice.exclusive) exclusive.push_back(choice.code);
    }
    if (!exclusive.empty())
      parts.push_back(absl::StrCat("@NONEOFTHEABOVE='", absl::StrJoin(exclusive, ","), "'"));
    return absl::StrJoin(parts, " ");
  }

  void TellItem(const Item& item) {
    const std::string& place = item.code;
    if (item.type == ItemType::kPartialDate)
      Lost(place, "TYPE", "REDCap has no incomplete date; the field takes any text.");
    if (!item.hard.min.empty() || !item.hard.max.empty()) {
      Lost(place, "HARD_RANGE", "REDCap only warns about a range, so a hard one has no place.");
    }
    if (item.unit != instrument::Unit{}) Lost(place, "UNIT", "A dictionary has no units.");
    if (item.decimals && ValidationOf(item) != absl::StrCat("number_", *item.decimals, "dp")) {
      Lost(place, "DECIMALS", "REDCap has one to four decimals, for numbers that are entered.");
    }
    if (item.scale.step && *item.scale.step != 1) Lost(place, "SCALE_STEP", "A slider moves by 1.");
    if (!item.concept_code.empty())
      Lost(place, "CONCEPT", "A dictionary has no terminology codes.");
    if (item.type == ItemType::kMatrix && !item.help.empty())
      Lost(place, "HELP", "A matrix has no note.");
    for (const Choice& choice : instrument::ChoicesOf(instrument_, item)) {
      const std::string at = absl::StrCat(place, ", choice ", choice.code);
      if (choice.value) Lost(at, "CHOICE_VALUE", "A choice has no value beside its code.");
      if (choice.missing != instrument::MissingKind::kNone)
        Lost(at, "CHOICE_MISSING", "A choice cannot mean a missing answer.");
      if (!choice.concept_code.empty())
        Lost(at, "CONCEPT", "A dictionary has no terminology codes.");
    }
  }

  const Instrument& instrument_;
  const std::string& language_;
  RedcapExport& made_;
  std::string form_, title_;
};

}  // namespace

absl::StatusOr<RedcapExport> ExportRedcap(const Instrument& instrument,
                                          const std::string& language) {
  std::string chosen = language;
  if (chosen.empty() && !instrument.languages.empty()) chosen = instrument.languages[0];
  const auto& known = instrument.languages;
  if (!known.empty() && std::find(known.begin(), known.end(), chosen) == known.end()) {
    return error::InvalidField(
        "language", "EXPORT_LANGUAGE_UNKNOWN",
        absl::StrCat("The instrument has the languages ", absl::StrJoin(known, ", "), "."));
  }
  RedcapExport made;
  Exporter(instrument, chosen, made).Run();
  return made;
}

}  // namespace reprise::exchange
