// SPDX-License-Identifier: Apache-2.0
// What an import or export did with each construct of its input: kept as it was, kept in another
// form, or refused; always with its place. Nothing is left out in silence, nothing is guessed.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REPORT_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REPORT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::exchange {

enum class Verdict {
  kKept,
  kChanged,  // kept in another form, or with a difference in meaning that the message states
  kRefused,  // not in the result
};
const char* NameOf(Verdict verdict);

struct Finding {
  Verdict verdict = Verdict::kKept;
  std::string place;      // `row 12 phq9_1, field_label`, `item[3].item[0] /44250-9, enableWhen[0]`
  std::string construct;  // UPPER_SNAKE, stable: BRANCHING, CHOICE, ANNOTATION, ...
  std::string message;    // a sentence; empty where simply kept
};

class Report {
 public:
  void Keep(std::string place, std::string construct);
  void Change(std::string place, std::string construct, std::string message);
  void Refuse(std::string place, std::string construct, std::string message);
  const std::vector<Finding>& findings() const { return findings_; }
  size_t Count(Verdict verdict) const;

 private:
  std::vector<Finding> findings_;
};

struct Imported {
  instrument::Instrument instrument;
  Report report;
};

struct ImportOptions {
  std::string id;        // of the instrument; empty: from the file, else `imported`
  std::string version;   // empty: from the file, else `1`
  std::string language;  // of texts whose language the file does not tell; empty: `und`
};

// A text as questionnaires show it: HTML marks removed, entities resolved, line ends made one,
// control characters dropped. `changed` tells whether anything but blanks at the ends went.
std::string PlainText(absl::string_view text, bool& changed);

// An item code made of any identifier: lower case as it is, other characters as '_', a letter
// first.
std::string CodeOf(absl::string_view identifier);

// Longest text that importers take, in bytes.
inline constexpr size_t kMaxTextBytes = 32768;

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REPORT_H_
