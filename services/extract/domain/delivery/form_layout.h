// SPDX-License-Identifier: Apache-2.0
// Which columns the answers to one instrument version have in an extract, and how an answer becomes a
// cell: raw codes and numbers as given, days from consent for dates, `.R` `.X` `.B` `.N` for the four
// reasons of a missing answer. Free text, partial dates and what identifies are left out. Pure.
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_FORM_LAYOUT_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_FORM_LAYOUT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "services/extract/domain/delivery/dictionary.h"

namespace reprise::extract {

// An item that is not in the extract.
struct LeftOut {
  std::string item;
  std::string because;  // FREE_TEXT, PARTIAL_DATE, IDENTIFYING
};

struct FormLayout {
  struct Item {
    size_t place = 0;  // in the stored answers
    bool is_date = false;
    Column column = {};
  };
  std::string instrument_version_id = {};  // never written
  std::string instrument_id = {};
  std::string version = {};
  std::string document_sha256 = {};  // hexadecimal
  size_t stored_items = 0;      // all, also those left out
  std::vector<Item> items = {};
  std::vector<LeftOut> left_out = {};

  // `form_reprise-diary_1.0.csv`; what no file name should hold becomes `-`.
  std::string FileName() const;
};

// `document` as it was published.
absl::StatusOr<FormLayout> MakeLayout(const std::string& instrument_version_id, const std::string& document);

// What was answered on one occasion, as stored.
struct StoredForm {
  std::vector<std::optional<std::string>> answers;
  std::string missing;  // a letter an item
};

// Appends one cell an item of `layout`.
void AppendCells(const FormLayout& layout, const StoredForm& form, absl::CivilDay consent_date,
                 std::vector<std::string>& cells);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_FORM_LAYOUT_H_
