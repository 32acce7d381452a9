// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/instrument.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace reprise::instrument {

std::vector<Field> FieldsOf(const Instrument& instrument) {
  std::vector<Field> fields;
  for (const Section& section : instrument.sections) {
    for (const Item& item : section.items) {
      if (item.type == ItemType::kInformation) continue;
      if (item.type != ItemType::kMatrix) {
        fields.push_back({.section = &section, .item = &item, .row = nullptr});
      }
      for (const Row& row : item.rows) {
        fields.push_back({.section = &section, .item = &item, .row = &row});
      }
    }
  }
  return fields;
}

const std::vector<Choice>& ChoicesOf(const Instrument& instrument, const Item& item) {
  if (item.choice_list.empty()) return item.choices;
  for (const ChoiceList& list : instrument.choice_lists) {
    if (list.id == item.choice_list) return list.choices;
  }
  return item.choices;
}

bool IsCode(const std::string& code) {
  constexpr size_t kMaxCharacters = 100;
  return !code.empty() && code.size() <= kMaxCharacters &&
         absl::ascii_isalpha(static_cast<unsigned char>(code[0])) &&
         std::all_of(code.begin(), code.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '_';
         });
}

}  // namespace reprise::instrument
