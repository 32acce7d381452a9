// SPDX-License-Identifier: Apache-2.0
// One row of a dictionary turned into an item, its logic left for later (redcap_import.cc).
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_FIELD_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_FIELD_H_

#include <optional>
#include <string>

#include "services/questionnaire/domain/exchange/redcap_table.h"

namespace reprise::exchange {

struct RedcapField {
  const RedcapRow* row = nullptr;
  instrument::Item item;  // without shown_if and calculation
};

// None where the field cannot be taken; the reason is in the report.
std::optional<RedcapField> ReadRedcapField(const RedcapRow& row, const std::string& language,
                                           Report& report);

// Their parts (redcap_slider.cc).
void ReadRedcapSlider(const RedcapRow& row, const std::string& language, instrument::Item& item,
                      Report& report);
void ReadRedcapAnnotation(const RedcapRow& row, instrument::Item& item, Report& report);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_FIELD_H_
