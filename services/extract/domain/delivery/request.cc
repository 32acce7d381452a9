// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/request.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/delivery/errors.h"
#include "services/platform/status.h"
#include "services/platform/text/identifier.h"

namespace reprise::extract {
namespace {

constexpr size_t kMaxTextBytes = 500;

absl::Status CheckText(absl::string_view path, const std::string& text) {
  if (text.size() > kMaxTextBytes) return FieldTooLong(path);
  if (text::FindIdentifier(text) != text::Identifier::kNone) return TextHoldsIdentity(path);
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckPurpose(const std::string& purpose) {
  if (purpose.empty()) return FieldRequired("purpose");
  return CheckText("purpose", purpose);
}

absl::Status CheckDecision(const Request& request, const Decision& decision) {
  if (request.requested_by == decision.decided_by) return SelfApproval();
  if (request.decision.has_value()) {
    return ExtractDecided(request.decision->approved ? "APPROVED" : "REFUSED");
  }
  if (!decision.approved && decision.reason.empty()) return FieldRequired("reason");
  return CheckText("reason", decision.reason);
}

absl::Status CheckDownload(const Request& request) {
  if (!request.decision.has_value()) return ExtractNotApproved("REQUESTED");
  if (!request.decision->approved) return ExtractNotApproved("REFUSED");
  return absl::OkStatus();
}

absl::Status CheckWholeStudy(bool everywhere, const std::vector<std::string>& places,
                             const std::string& study_id) {
  const bool whole = everywhere || std::find(places.begin(), places.end(),
                                             absl::StrCat(study_id, "/*")) != places.end();
  return whole ? absl::OkStatus() : WholeStudyRequired();
}

}  // namespace reprise::extract
