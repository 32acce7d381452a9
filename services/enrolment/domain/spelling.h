// SPDX-License-Identifier: Apache-2.0
// The spellings under which somebody is recognised. Two identities are taken for the same person where
// one's sought keys and the other's spelling keys share one. Keys hold the name in clear; they are hashed
// under a secret before they are kept. docs/identity-vault.md says what is recognised and what is not.
#ifndef REPRISE_ENROLMENT_DOMAIN_SPELLING_H_
#define REPRISE_ENROLMENT_DOMAIN_SPELLING_H_

#include <string>
#include <vector>

#include "services/enrolment/domain/identity.h"

namespace reprise::enrolment {

// Birth name and used name, each with the given name and the date of birth; without accents, case,
// hyphens, particles and order of the parts; whole, and with any one letter left out of a part of four
// letters or more, so that names one typing error apart share a key. Sorted, each once.
std::vector<std::string> SpellingKeys(const Identity& identity);

// SpellingKeys and, where day and month of birth can be exchanged, the whole names with them exchanged.
std::vector<std::string> SoughtKeys(const Identity& identity);

// The same for all identities that could share a key; to lock them against each other.
std::string BirthKey(const Identity& identity);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_SPELLING_H_
