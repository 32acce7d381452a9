// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/redcap_field.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/exchange/redcap_choices.h"
#include "services/questionnaire/domain/instrument/values.h"

namespace reprise::exchange {
namespace {

using instrument::Item;
using instrument::ItemType;

class FieldReader {
 public:
  FieldReader(const RedcapRow& row, const std::string& language, Report& report)
      : row_(row), language_(language), report_(report) {}

  std::optional<RedcapField> Read() {
    item_.code = row_.cells[kFieldName];
    if (!instrument::IsCode(item_.code)) {
      report_.Refuse(
          row_.Place(kFieldName), "FIELD",
          "A field needs a name of letters, digits and '_', a letter first; the row was left out.");
      return std::nullopt;
    }
    if (!ReadType()) return std::nullopt;
    report_.Keep(row_.Place(kFieldName), "FIELD");
    ReadText(kFieldLabel, "LABEL", item_.text);
    if (item_.text.empty() && item_.type != ItemType::kComputed) {
      item_.text[language_] = item_.code;
      report_.Change(row_.Place(kFieldLabel), "LABEL",
                     "The field has no label; its name is shown.");
    }
    ReadText(kFieldNote, "FIELD_NOTE", item_.help);
    ReadRange();
    ReadFlags();
    ReadRedcapAnnotation(row_, item_, report_);
    return RedcapField{.row = &row_, .item = std::move(item_)};
  }

 private:
  const std::string& Cell(RedcapColumn column) const { return row_.cells[column]; }
  void Keep(RedcapColumn column, const char* construct) {
    report_.Keep(row_.Place(column), construct);
  }
  void Change(RedcapColumn column, const char* construct, const std::string& message) {
    report_.Change(row_.Place(column), construct, message);
  }
  void Refuse(RedcapColumn column, const char* construct, const std::string& message) {
    report_.Refuse(row_.Place(column), construct, message);
  }

  // Whether the row has a type that can be taken.
  bool ReadType() {
    const std::string type = absl::AsciiStrToLower(Cell(kFieldType));
    if (type == "radio" || type == "dropdown" || type == "checkbox") return ReadChoiceType(type);
    if (type == "yesno" || type == "truefalse") return ReadTwoChoices(type);
    if (type == "calc") return TakeType(ItemType::kComputed);
    if (type == "descriptive") {
      UnusedChoices();
      return TakeType(ItemType::kInformation);
    }
    if (type == "slider") {
      ReadRedcapSlider(row_, language_, item_, report_);
      return true;
    }
    if (type == "notes") {
      item_.multiline = true;
      UnusedChoices();
      return TakeType(ItemType::kText);
    }
    if (type == "text") {
      UnusedChoices();
      Keep(kFieldType, "FIELD_TYPE");
      ReadValidation();
      return true;
    }
    Refuse(kFieldType, "FIELD_TYPE",
           absl::StrCat("There is no item for the type '", Cell(kFieldType).substr(0, 40),
                        "'; the row was left out."));
    return false;
  }

  bool TakeType(ItemType type) {
    item_.type = type;
    Keep(kFieldType, "FIELD_TYPE");
    if (type != ItemType::kScale && !Cell(kValidation).empty()) {
      Refuse(kValidation, "VALIDATION", "A field of this type has no validation.");
    }
    return true;
  }

  void UnusedChoices() {
    if (!Cell(kChoices).empty())
      Refuse(kChoices, "CHOICES", "A field of this type has no choices.");
  }

  bool ReadChoiceType(const std::string& type) {
    item_.choices = ParseChoices(Cell(kChoices), language_, row_.Place(kChoices), report_);
    if (item_.choices.empty()) {
      Refuse(kChoices, "CHOICES", "The field has no usable choice; the row was left out.");
      return false;
    }
    item_.type = type == "checkbox" ? ItemType::kMultipleChoice : ItemType::kSingleChoice;
    if (type == "dropdown")
      Change(kFieldType, "FIELD_TYPE",
             "A drop-down is one choice like any other; how it looks is not kept.");
    else
      Keep(kFieldType, "FIELD_TYPE");
    if (!Cell(kValidation).empty()) {
      Refuse(kValidation, "VALIDATION", "A choice has no validation.");
    }
    return true;
  }

  bool ReadTwoChoices(const std::string& type) {
    const bool french = language_ == "fr";
    const bool yes = type == "yesno";
    item_.type = ItemType::kSingleChoice;
    for (const bool truth : {true, false}) {
      instrument::Choice choice;
      choice.code = truth ? "1" : "0";
      choice.label[language_] =
          yes ? (truth ? (french ? "Oui" : "Yes") : (french ? "Non" : "No"))
              : (truth ? (french ? "Vrai" : "True") : (french ? "Faux" : "False"));
      item_.choices.push_back(std::move(choice));
    }
    Change(kFieldType, "FIELD_TYPE", "The type became one choice with the codes 1 and 0.");
    UnusedChoices();
    if (!Cell(kValidation).empty())
      Refuse(kValidation, "VALIDATION", "A choice has no validation.");
    return true;
  }

  void ReadValidation() {
    const std::string validation = absl::AsciiStrToLower(Cell(kValidation));
    item_.type = ItemType::kText;
    if (validation.empty()) return;
    const bool comma = absl::EndsWith(validation, "_comma_decimal");
    if (validation == "integer") {
      item_.type = ItemType::kInteger;
    } else if (validation == "number" || absl::StartsWith(validation, "number_")) {
      item_.type = ItemType::kDecimal;
      const size_t dp = validation.find("dp");
      if (dp != std::string::npos && dp > 0 &&
          absl::ascii_isdigit(static_cast<unsigned char>(validation[dp - 1]))) {
        item_.decimals = validation[dp - 1] - '0';
      }
    } else if (validation == "date_ymd") {
      item_.type = ItemType::kDate;
    } else if (validation == "date_dmy" || validation == "date_mdy") {
      item_.type = ItemType::kDate;
      return Change(kValidation, "VALIDATION",
                    "Dates have one form, YYYY-MM-DD; the order of display is not kept.");
    } else if (validation == "time") {
      item_.type = ItemType::kTime;
    } else {
      return Change(kValidation, "VALIDATION",
                    absl::StrCat("There is no such item; '", validation.substr(0, 40),
                                 "' is taken as text and no longer checked."));
    }
    if (comma)
      Change(kValidation, "VALIDATION", "The decimal sign is a point in stored values.");
    else
      Keep(kValidation, "VALIDATION");
  }

  // A range that REDCap warns about but lets pass is our soft one.
  void ReadRange() {
    if (item_.type == ItemType::kScale) return;
    for (const auto& [column, bound] :
         {std::pair(kMinimum, &item_.soft.min), std::pair(kMaximum, &item_.soft.max)}) {
      if (Cell(column).empty()) continue;
      if (!instrument::IsOrdered(item_.type) || !instrument::OrdinalOf(item_.type, Cell(column))) {
        Refuse(column, "RANGE",
               "The bound is not a value of this field (a bound that moves is not taken).");
        continue;
      }
      *bound = Cell(column);
      Keep(column, "RANGE");
    }
    const auto low = instrument::OrdinalOf(item_.type, item_.soft.min);
    const auto high = instrument::OrdinalOf(item_.type, item_.soft.max);
    if (low && high && *low > *high) {
      item_.soft = {};
      Refuse(kMinimum, "RANGE", "The lower bound is above the upper one; neither was taken.");
    }
  }

  void ReadText(RedcapColumn column, const char* construct, instrument::Text& text) {
    if (Cell(column).empty()) return;
    bool html = false;
    const std::string plain = PlainText(Cell(column), html);
    if (!plain.empty()) text[language_] = plain;
    if (absl::StrContains(plain, '[') && absl::StrContains(plain, ']')) {
      return Change(column, construct,
                    "Values are not piped into texts; what stands in brackets is shown as it is.");
    }
    if (html) return Change(column, construct, "HTML was taken out.");
    Keep(column, construct);
  }

  // `y`, or nothing.
  bool Flag(RedcapColumn column, const char* construct) {
    const std::string cell = absl::AsciiStrToLower(Cell(column));
    if (cell.empty() || cell == "n") return false;
    if (cell == "y") return true;
    Refuse(column, construct, "Only y is known here.");
    return false;
  }

  void ReadFlags() {
    const bool answered = item_.type != ItemType::kInformation && item_.type != ItemType::kComputed;
    if (Flag(kRequired, "REQUIRED")) {
      item_.required = answered;
      if (answered)
        Keep(kRequired, "REQUIRED");
      else
        Refuse(kRequired, "REQUIRED", "Nobody answers a field of this type.");
    }
    if (Flag(kIdentifier, "IDENTIFIER")) {
      item_.identifying = true;
      Keep(kIdentifier, "IDENTIFIER");
    }
    if (!Cell(kQuestionNumber).empty()) {
      item_.number = Cell(kQuestionNumber);
      Keep(kQuestionNumber, "QUESTION_NUMBER");
    }
    if (!Cell(kAlignment).empty())
      Refuse(kAlignment, "ALIGNMENT", "How a field is aligned is not kept.");
    if (!Cell(kMatrixRanking).empty()) {
      Refuse(kMatrixRanking, "MATRIX_RANKING",
             "A matrix that ranks is not known; answers may repeat.");
    }
  }

  const RedcapRow& row_;
  const std::string& language_;
  Report& report_;
  Item item_;
};

}  // namespace

std::optional<RedcapField> ReadRedcapField(const RedcapRow& row, const std::string& language,
                                           Report& report) {
  return FieldReader(row, language, report).Read();
}

}  // namespace reprise::exchange
