// SPDX-License-Identifier: Apache-2.0
#include "services/study/domain/study.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::study {
namespace {

constexpr size_t kMaxText = 500;

bool IsCode(const std::string& code, size_t least, size_t most, bool hyphens) {
  return code.size() >= least && code.size() <= most &&
         std::all_of(code.begin(), code.end(), [&](char c) {
           return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || (hyphens && c == '-');
         });
}

void CheckText(const std::string& path, const std::string& text,
               std::vector<error::Violation>& violations) {
  if (text.empty()) violations.push_back({path, "FIELD_REQUIRED", "A text is required."});
  if (text.size() > kMaxText) {
    violations.push_back({path, "FIELD_TOO_LONG", absl::StrCat("At most ", kMaxText, " bytes.")});
  }
}

}  // namespace

absl::Status CheckNewStudy(const Study& study) {
  std::vector<error::Violation> violations;
  if (!IsCode(study.code, 2, 32, true) || !absl::ascii_isupper(study.code[0])) {
    violations.push_back({"code", "CODE_MALFORMED",
                          "2 to 32 capitals, digits and hyphens are required, a capital first."});
  }
  if (study.title.empty()) {
    violations.push_back({"title", "FIELD_REQUIRED", "A title in at least one language is required."});
  }
  for (const auto& [language, text] : study.title) {
    const std::string path = absl::StrCat("title[", language, "]");
    if (language != "fr" && language != "en") {
      violations.push_back({path, "LANGUAGE_UNKNOWN", "`fr` or `en` is required."});
    }
    CheckText(path, text, violations);
  }
  if (violations.empty()) return absl::OkStatus();
  return error::Invalid("STUDY_INVALID", "The study cannot be entered as asked.", violations);
}

absl::Status CheckNewSite(const Site& site) {
  std::vector<error::Violation> violations;
  if (!IsCode(site.code, 3, 8, false)) {
    violations.push_back({"code", "CODE_MALFORMED", "3 to 8 capitals or digits are required."});
  }
  CheckText("name", site.name, violations);
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(site.time_zone, &zone)) {
    violations.push_back({"time_zone", "TIME_ZONE_UNKNOWN",
                          "An IANA time zone such as Europe/Paris is required."});
  }
  if (violations.empty()) return absl::OkStatus();
  return error::Invalid("SITE_INVALID", "The site cannot be added as asked.", violations);
}

}  // namespace reprise::study
