// SPDX-License-Identifier: Apache-2.0
// Whether an instrument can be used: names, types, ranges, choices, scores, expressions and
// branching, licence block and completeness of translations. All problems at once.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_CHECK_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_CHECK_H_

#include <string>
#include <vector>

#include "services/platform/error/error.h"
#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::instrument {

enum class Severity { kError, kWarning, kNote };

// `violation.path` is a path as in describe.h, `sections[0].items[3].type`. Reasons:
//   FIELD_MISSING, FIELD_UNEXPECTED (does not go with the type), CODE_MALFORMED, CODE_DUPLICATE,
//   CHOICE_LIST_UNKNOWN, RANGE_INVALID, NAME_UNKNOWN, SCORE_INVALID, LANGUAGE_INVALID,
//   TRANSLATION_MISSING, TRANSLATION_UNDECLARED, MISSING_CODE_AMBIGUOUS, and those of
//   services/questionnaire/domain/expression (EXPRESSION_SYNTAX, ITEM_UNREACHABLE, ...)
struct Problem {
  Severity severity = Severity::kError;
  error::Violation violation;
};

// Errors keep an instrument from being used; warnings and notes do not.
std::vector<Problem> CheckInstrument(const Instrument& instrument);

// Its parts.
void CheckItems(const Instrument& instrument, std::vector<Problem>& problems);
void CheckScores(const Instrument& instrument, std::vector<Problem>& problems);
void CheckExpressions(const Instrument& instrument, std::vector<Problem>& problems);
void CheckLicence(const Instrument& instrument, std::vector<Problem>& problems);
// Every declared language has every text: title, questions, choices; a text that may be left out
// (help, section titles) is there in all languages or in none.
void CheckTranslations(const Instrument& instrument, std::vector<Problem>& problems);

// Adds one error.
void Report(std::vector<Problem>& problems, std::string path, const char* reason,
            std::string message);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_CHECK_H_
