// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/time/clock.h"

namespace reprise::instrument {
namespace {

bool IsId(const std::string& id) {
  return !id.empty() && id.size() <= 100 &&
         absl::ascii_isalnum(static_cast<unsigned char>(id[0])) &&
         std::all_of(id.begin(), id.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_';
         });
}

// `fr`, `pt-BR`: what BCP 47 tags of questionnaires look like.
bool IsLanguage(const std::string& tag) {
  const size_t dash = tag.find('-');
  const std::string language = tag.substr(0, dash);
  return language.size() >= 2 && language.size() <= 3 && tag.size() <= 16 &&
         std::all_of(language.begin(), language.end(),
                     [](unsigned char c) { return absl::ascii_islower(c); }) &&
         std::all_of(tag.begin(), tag.end(),
                     [](unsigned char c) { return absl::ascii_isalnum(c) || c == '-'; });
}

void CheckHead(const Instrument& instrument, std::vector<Problem>& problems) {
  if (!IsId(instrument.id)) {
    Report(problems, "id", instrument.id.empty() ? "FIELD_MISSING" : "CODE_MALFORMED",
           "An id of letters, digits, '-', '.' and '_' is required.");
  }
  if (instrument.version.empty()) {
    Report(problems, "version", "FIELD_MISSING", "A version is required.");
  }
  if (instrument.sections.empty()) {
    Report(problems, "sections", "FIELD_MISSING", "At least one section is required.");
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < instrument.languages.size(); ++i) {
    const std::string path = absl::StrCat("languages[", i, "]");
    if (!IsLanguage(instrument.languages[i])) {
      Report(problems, path, "LANGUAGE_INVALID", "A language is written like fr or pt-BR.");
    } else if (!seen.insert(instrument.languages[i]).second) {
      Report(problems, path, "CODE_DUPLICATE", "The language stands twice.");
    }
  }
}

void CheckMissingCodes(const Instrument& instrument, std::vector<Problem>& problems) {
  std::set<std::string> choices;
  for (const ChoiceList& list : instrument.choice_lists) {
    for (const Choice& choice : list.choices) choices.insert(choice.code);
  }
  for (const Section& section : instrument.sections) {
    for (const Item& item : section.items) {
      for (const Choice& choice : item.choices) choices.insert(choice.code);
    }
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < instrument.missing_codes.size(); ++i) {
    const MissingCode& missing = instrument.missing_codes[i];
    const std::string path = absl::StrCat("missing_codes[", i, "]");
    if (missing.code.empty()) {
      Report(problems, path + ".code", "FIELD_MISSING", "A code is required.");
    } else if (!seen.insert(missing.code).second) {
      Report(problems, path + ".code", "CODE_DUPLICATE", "The code stands twice.");
    } else if (choices.count(missing.code) > 0) {
      Report(
          problems, path + ".code", "MISSING_CODE_AMBIGUOUS",
          "The code is also the code of a choice; an answer could not be told from its absence.");
    }
    if (missing.kind == MissingKind::kNone) {
      Report(problems, path + ".kind", "FIELD_MISSING", "A kind is required.");
    }
  }
}

}  // namespace

void Report(std::vector<Problem>& problems, std::string path, const char* reason,
            std::string message) {
  problems.push_back(
      {.severity = Severity::kError,
       .violation = {.path = std::move(path), .reason = reason, .message = std::move(message)}});
}

void CheckLicence(const Instrument& instrument, std::vector<Problem>& problems) {
  const Licence& licence = instrument.licence;
  if (licence.tier == Tier::kUnspecified) {
    Report(problems, "licence.tier", "FIELD_MISSING", "A tier is required: own, a, b or c.");
  }
  if (licence.owner.empty()) {
    Report(problems, "licence.owner", "FIELD_MISSING", "Who owns the wording is required.");
  }
  if (licence.tier != Tier::kOwn && licence.tier != Tier::kUnspecified) {
    if (licence.terms.empty()) {
      Report(problems, "licence.terms", "FIELD_MISSING", "The owner's terms are required.");
    }
    if (licence.evidence.empty()) {
      Report(problems, "licence.evidence", "FIELD_MISSING", "Where the terms stand is required.");
    }
    if (licence.date_checked.empty()) {
      Report(problems, "licence.date_checked", "FIELD_MISSING",
             "When they were last read is not recorded.");
      problems.back().severity = Severity::kWarning;  // an import does not know
    }
  }
  if (!licence.date_checked.empty() &&
      !ParseDate(licence.date_checked, "licence.date_checked").ok()) {
    Report(problems, "licence.date_checked", "VALUE_MALFORMED", "A date YYYY-MM-DD is required.");
  }
}

std::vector<Problem> CheckInstrument(const Instrument& instrument) {
  std::vector<Problem> problems;
  CheckHead(instrument, problems);
  CheckLicence(instrument, problems);
  CheckMissingCodes(instrument, problems);
  CheckItems(instrument, problems);
  CheckScores(instrument, problems);
  CheckExpressions(instrument, problems);
  CheckTranslations(instrument, problems);
  return problems;
}

}  // namespace reprise::instrument
