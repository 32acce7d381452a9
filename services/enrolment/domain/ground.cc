// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/ground.h"

#include "services/platform/status.h"
#include "services/platform/text/identifier.h"

namespace reprise::enrolment {
namespace {

constexpr size_t kMaxReasonBytes = 500;

}  // namespace

absl::Status CheckNotFuture(const Ground& ground, absl::string_view path) {
  return ground.day > ground.today ? DateInFuture(path, ground.today) : absl::OkStatus();
}

absl::Status CheckSiteOpen(const Ground& ground) {
  if (ground.site.Holds(ground.day)) return absl::OkStatus();
  return SiteNotOpen(ground.site_code, ground.site.opens, ground.site.closes);
}

absl::Status CheckOpen(const Ground& ground) {
  if (ground.protocol_version == 0) return ProtocolMissing(ground.day);
  if (!ground.has_stage) return StageUnknown();
  if (!ground.stage_opening.Holds(ground.day)) {
    return StageNotOpen(ground.stage, ground.stage_opening.opens, ground.stage_opening.closes);
  }
  return CheckSiteOpen(ground);
}

absl::Status CheckEthics(const Ground& ground) {
  const bool there = ground.ethics_opinion && *ground.ethics_opinion <= ground.day;
  if (there || (!ground.needs_ethics && !ground.ethics_opinion)) return absl::OkStatus();
  return EthicsOpinionMissing(ground.ethics_opinion);
}

absl::Status CheckReason(const std::string& text, absl::string_view path) {
  if (text.size() > kMaxReasonBytes) return FieldTooLong(path, kMaxReasonBytes);
  if (text::FindIdentifier(text) != text::Identifier::kNone) return TextHoldsIdentity(path);
  return absl::OkStatus();
}

}  // namespace reprise::enrolment
