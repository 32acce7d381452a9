// SPDX-License-Identifier: Apache-2.0
// An instrument as the expression language sees it: what its items are called and of what type.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_EXPRESSIONS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_EXPRESSIONS_H_

#include "services/questionnaire/domain/expression/check.h"
#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::instrument {

// The symbol of one field: codes without those of missing kinds, hard range of numbers.
expression::Symbol SymbolOf(const Instrument& instrument, const Field& field);

// All items, without scores: what branching and calculations may name.
expression::Symbols ItemSymbols(const Instrument& instrument);
// Items and scores: what scores and alerts may name.
expression::Symbols AllSymbols(const Instrument& instrument);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_EXPRESSIONS_H_
