// SPDX-License-Identifier: Apache-2.0
// Studies and sites: what their codes and texts must be.
#ifndef REPRISE_STUDY_DOMAIN_STUDY_H_
#define REPRISE_STUDY_DOMAIN_STUDY_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::study {

struct Study {
  std::string study_id;
  std::string code;                          // "FASTRACS"
  std::map<std::string, std::string> title;  // by language
  absl::Time made_time;
};

struct Site {
  std::string site_id;
  std::string study_id;
  std::string code;  // "LYO"
  std::string name;
  std::string time_zone;  // IANA
  absl::Time made_time;
};

// INVALID_ARGUMENT STUDY_INVALID with CODE_MALFORMED, FIELD_REQUIRED, FIELD_TOO_LONG, LANGUAGE_UNKNOWN
absl::Status CheckNewStudy(const Study& study);
// INVALID_ARGUMENT SITE_INVALID with CODE_MALFORMED, FIELD_REQUIRED, FIELD_TOO_LONG, TIME_ZONE_UNKNOWN
absl::Status CheckNewSite(const Site& site);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_STUDY_H_
