// SPDX-License-Identifier: Apache-2.0
// Fills the words in braces of a rule book's sentences, in French and English at once: dates are
// 30/08/2026 and 30 August 2026, counts carry their unit.
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_SENTENCE_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_SENTENCE_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "services/phase/domain/legal/rule.h"

namespace reprise::legal {

class Words {
 public:
  void Set(const std::string& name, Text text);
  void SetDate(const std::string& name, absl::CivilDay day);
  void SetDays(const std::string& name, int days);         // "1 jour", "59 jours"
  void SetWorkingDays(const std::string& name, int days);  // "14 jours ouvrables"
  void SetNumber(const std::string& name, int number);
  // "de plus de 30 jours", "d'au moins 60 jours".
  void SetThreshold(const std::string& name, const Threshold& threshold);
  // "un arrêt d'au moins 60 jours pour maladie ou accident non professionnel".
  void SetRequirement(const std::string& name, const Threshold& threshold, Cause cause);

  // Both sentences with every word filled in; a word that was not set stays in braces.
  Text Fill(const Text& pattern) const;

 private:
  std::map<std::string, Text> words_;
};

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_SENTENCE_H_
