// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/form_layout.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/id/digest.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"
#include "services/questionnaire/domain/instrument/describe.h"
#include "services/questionnaire/domain/instrument/instrument.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::extract {
namespace {

using instrument::ItemType;

std::string In(const instrument::Text& text, const std::string& language) {
  const auto at = text.find(language);
  if (at != text.end()) return at->second;
  return text.empty() ? "" : text.begin()->second;
}

// `0=Non|1=Oui`.
std::string Codes(const std::vector<instrument::Choice>& choices, const std::string& language) {
  std::string codes;
  for (const instrument::Choice& choice : choices) {
    absl::StrAppend(&codes, codes.empty() ? "" : "|", choice.code, "=", In(choice.label, language));
  }
  return codes;
}

std::string Label(const instrument::Field& field, const std::string& language) {
  const std::string item = In(field.item->text, language);
  if (field.row == nullptr) return item;
  const std::string row = In(field.row->text, language);
  return item.empty() ? row : absl::StrCat(item, " – ", row);
}

// Why an item is not in the extract, or empty.
std::string WhyLeftOut(const instrument::Item& item) {
  if (item.identifying) return "IDENTIFYING";
  if (item.type == ItemType::kText) return "FREE_TEXT";
  if (item.type == ItemType::kPartialDate) return "PARTIAL_DATE";
  return "";
}

Column ColumnOf(const instrument::Instrument& instrument, const instrument::Field& field) {
  const auto& choices = instrument::ChoicesOf(instrument, *field.item);
  return {.name = field.code(),
          .label_fr = Label(field, "fr"),
          .label_en = Label(field, "en"),
          .type = field.item->type == ItemType::kDate ? "day" : instrument::NameOf(field.item->type),
          .codes_fr = Codes(choices, "fr"),
          .codes_en = Codes(choices, "en")};
}

}  // namespace

std::string FormLayout::FileName() const {
  std::string name = absl::StrCat("form_", instrument_id, "_", version);
  for (char& c : name) {
    if (!absl::ascii_isalnum(c) && c != '.' && c != '_' && c != '-') c = '-';
  }
  return absl::StrCat(name, ".csv");
}

absl::StatusOr<FormLayout> MakeLayout(const std::string& instrument_version_id, const std::string& document) {
  REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument instrument,
                           instrument::LoadInstrument(document, "document"));
  FormLayout layout{.instrument_version_id = instrument_version_id,
                    .instrument_id = instrument.id,
                    .version = instrument.version,
                    .document_sha256 = Sha256Hex(document),
                    .stored_items = 0,
                    .items = {},
                    .left_out = {}};
  for (const instrument::Field& field : instrument::FieldsOf(instrument)) {
    if (field.item->type == ItemType::kComputed) continue;
    const size_t place = layout.stored_items++;
    if (const std::string because = WhyLeftOut(*field.item); !because.empty()) {
      layout.left_out.push_back({.item = field.code(), .because = because});
      continue;
    }
    layout.items.push_back({.place = place,
                            .is_date = field.item->type == ItemType::kDate,
                            .column = ColumnOf(instrument, field)});
  }
  return layout;
}

void AppendCells(const FormLayout& layout, const StoredForm& form, absl::CivilDay consent_date,
                 std::vector<std::string>& cells) {
  for (const FormLayout::Item& item : layout.items) {
    if (item.place >= form.missing.size() || item.place >= form.answers.size()) {
      cells.emplace_back();
      continue;
    }
    const char letter = form.missing[item.place];
    if (letter != '.') {
      cells.push_back(std::string{'.', letter});
      continue;
    }
    const std::string& answer = form.answers[item.place].has_value() ? *form.answers[item.place] : std::string();
    if (!item.is_date) {
      cells.push_back(answer);
      continue;
    }
    const absl::StatusOr<absl::CivilDay> day = ParseDate(answer, "answer");
    cells.push_back(day.ok() ? absl::StrCat(*day - consent_date) : "");
  }
}

}  // namespace reprise::extract
