// SPDX-License-Identifier: Apache-2.0
// The words of an instrument whose definition travels without them, as a study team loads them:
// taken from any document that our importers read, kept as a document of its own with the licence
// under which it may be used, and joined with the definition where the questionnaire is shown.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WORDING_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WORDING_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::instrument {

// What the study team recorded about its right to use the wording.
struct LicenceRecord {
  std::string reference;  // contract or permission, as the owner can find it
  std::string scope;      // study, number of participants, languages, electronic or not
  std::string expiry;     // YYYY-MM-DD, the last day on which it holds
  bool operator==(const LicenceRecord&) const = default;
};

struct ChoiceWords {
  std::string code;
  Text label;
  bool operator==(const ChoiceWords&) const = default;
};

// Of an item, of a row of a matrix, or of a matrix itself (its stem).
struct ItemWords {
  std::string code;
  Text text;
  Text help;
  std::vector<ChoiceWords> choices;
  Text low_label;
  Text middle_label;
  Text high_label;
  bool operator==(const ItemWords&) const = default;
};

struct SectionWords {
  std::string code;
  Text title;
  bool operator==(const SectionWords&) const = default;
};

struct Wording {
  std::string instrument;  // id and version of the definition it belongs to
  std::string version;
  std::vector<std::string> languages;
  LicenceRecord licence;
  std::vector<SectionWords> sections;
  std::vector<ItemWords> items;
  bool operator==(const Wording&) const = default;
};

// Item of the definition to the name it has in the source; what is not named keeps its own.
using NameMap = std::map<std::string, std::string>;

// The words of `source` for every item of `definition`, found by code (capitals do not matter) or
// by `names`; choices are matched by code, never by place. INVALID_ARGUMENT WORDING_INVALID with
//   ITEM_WITHOUT_WORDS, CHOICE_WITHOUT_WORDS, CHOICE_UNKNOWN (a choice the definition has not),
//   NAME_UNKNOWN, LANGUAGE_INVALID (no language, or a text missing in one)
absl::StatusOr<Wording> TakeWording(const Instrument& definition, const Instrument& source,
                                    const NameMap& names);

// The definition with its words. WORDING_INVALID also WORDING_OTHER_INSTRUMENT.
absl::StatusOr<Instrument> ApplyWording(const Instrument& definition, const Wording& wording);

std::string WriteWording(const Wording& wording);
// INVALID_ARGUMENT as ParseYaml, or WORDING_INVALID.
absl::StatusOr<Wording> ReadWording(absl::string_view bytes, absl::string_view name);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WORDING_H_
