// SPDX-License-Identifier: Apache-2.0
// What an answer's text means for each item type: its form, its order, its numeric value.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_VALUES_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_VALUES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::instrument {

// Types whose answers have an order, so that ranges make sense.
bool IsOrdered(ItemType type);

// A number that orders answers of the type: the number itself, days since 1970-01-01 (a partial
// date `YYYY` or `YYYY-MM` counts as its first day), minutes since midnight. None where the text
// is not of the type's form.
std::optional<double> OrdinalOf(ItemType type, absl::string_view answer);

// "a whole number", "a date YYYY-MM-DD": for messages.
const char* FormOf(ItemType type);

// What a choice counts in scores: its value, else its code where that is a number.
std::optional<double> ValueOf(const Choice& choice);

// Lowest and highest value that an item can contribute to a score; none where unknown.
struct Bounds {
  double low = 0;
  double high = 0;
};
std::optional<Bounds> BoundsOf(const Instrument& instrument, const Item& item);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_VALUES_H_
