// SPDX-License-Identifier: Apache-2.0
// The screening log in PostgreSQL.
#ifndef REPRISE_ENROLMENT_STORE_SCREENING_STORE_H_
#define REPRISE_ENROLMENT_STORE_SCREENING_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/enrolment/domain/screening.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

// The next number at the site, no other call's until the transaction ends.
absl::StatusOr<int> NextScreeningNumber(db::Tx& tx, const std::string& study_id, const std::string& site_id);
void InsertScreening(db::Tx& tx, const Screening& screening);
// Locked until the transaction ends, so that one attempt comes to one end. NOT_FOUND
// SCREENING_NOT_FOUND, also where the caller may not see it.
absl::StatusOr<Screening> LockScreening(db::Tx& tx, const std::string& screening_id);
void InsertRefusal(db::Tx& tx, const std::string& screening_id, const std::string& reason);

struct ScreeningsAsked {
  std::string study_id;
  std::string site_id;  // empty: every site
  std::string stage;
  std::string after_site_id;  // the last of the page before, empty on the first
  int after_number = 0;
  int limit = 0;
};
// By site and number.
absl::StatusOr<std::vector<Screening>> ListScreenings(db::Tx& tx, const ScreeningsAsked& asked);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_STORE_SCREENING_STORE_H_
