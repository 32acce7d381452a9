// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/escaping.h"

#include "services/platform/audit/append.h"
#include "services/platform/id/digest.h"
#include "services/platform/id/id.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"
#include "services/study/convert.h"
#include "services/study/convert/document.h"
#include "services/study/handler/handlers.h"
#include "services/study/store/protocol_store.h"
#include "services/study/store/study_store.h"

namespace reprise::study {
namespace {

absl::Status StoreSites(db::Tx& tx, const Call& call, const std::string& study_id, const ProtocolPlan& plan) {
  for (Site site : plan.new_sites) {
    site.site_id = call.ids->NewUuid();
    site.study_id = study_id;
    site.made_time = call.now;
    InsertSite(tx, site);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "site.create", .subject_type = "site",
                                               .subject_id = site.site_id, .study_id = study_id,
                                               .site_id = site.site_id}));
  }
  for (const Site& site : plan.renamed_sites) {
    RenameSite(tx, site);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "site.rename", .subject_type = "site",
                                               .subject_id = site.site_id, .study_id = study_id,
                                               .site_id = site.site_id}));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ProtocolVersion> Handlers::ApplyProtocol(const Call& call,
                                                            const v1::ApplyProtocolRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  const std::string name = DocumentName(request.document_name());
  REPRISE_RETURN_IF_ERROR(CheckChangeReason(request.change_reason()));
  REPRISE_ASSIGN_OR_RETURN(const ReadDocument document, ParseDocument(request.document(), name));
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay in_force_date,
                           ParseDate(document.content.in_force_on(), "in_force_on"));
  const std::string content = ToJson(document.content);
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ProtocolVersion> {
    REPRISE_ASSIGN_OR_RETURN(const ProtocolState state, LoadProtocolState(tx, study_id));
    REPRISE_RETURN_IF_ERROR(CheckSeenVersion(state, request.live_version()));
    REPRISE_ASSIGN_OR_RETURN(const ProtocolPlan plan,
                             study::PlanProtocol(state, {.tree = document.tree, .content = content, .name = name}));
    REPRISE_RETURN_IF_ERROR(CheckApplication(state, plan, request.change_reason()));
    const StoredProtocol protocol{.version = {.study_id = study_id,
                                              .version = state.live_version() + 1,
                                              .label = document.content.label(),
                                              .in_force_date = in_force_date,
                                              .document_sha256 = absl::HexStringToBytes(Sha256Hex(request.document())),
                                              .post_hoc = plan.post_hoc,
                                              .apply_time = call.now,
                                              .applied_by = call.actor.user_id,
                                              .change_reason = request.change_reason()},
                                  .document = request.document(),
                                  .content = content};
    REPRISE_RETURN_IF_ERROR(StoreSites(tx, call, study_id, plan));
    InsertProtocol(tx, protocol);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "protocol.apply", .subject_type = "protocol",
                                               .subject_id = study_id, .study_id = study_id,
                                               .reason = request.change_reason(),
                                               .old_version = state.live_version(),
                                               .new_version = protocol.version.version}));
    return ToProto(protocol.version);
  });
}

}  // namespace reprise::study
