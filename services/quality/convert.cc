// SPDX-License-Identifier: Apache-2.0
#include "services/quality/convert.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::quality {

v1::AuditEvent ToProto(const RecordedEvent& recorded) {
  const audit::Event& event = recorded.event;
  v1::AuditEvent wire;
  wire.set_event_seq(recorded.event_seq);
  wire.set_event_id(event.event_id);
  *wire.mutable_event_time() = convert::ToProto(event.event_time);
  wire.set_actor_id(event.actor_id);
  wire.set_actor_role(event.actor_role);
  wire.set_method(event.method);
  wire.set_request_id(event.request_id);
  wire.set_action(event.action);
  wire.set_subject_type(event.subject_type);
  wire.set_subject_id(event.subject_id);
  wire.set_study_id(event.study_id);
  wire.set_site_id(event.site_id);
  wire.set_participant_id(event.participant_id);
  wire.set_reason(event.reason);
  if (event.old_version) wire.set_old_version(*event.old_version);
  if (event.new_version) wire.set_new_version(*event.new_version);
  return wire;
}

v1::TreeHead ToProto(const Seal& seal, const std::string& public_key) {
  v1::TreeHead wire;
  wire.set_tree_size(seal.tree_size);
  wire.set_root_hash(seal.root_hash);
  *wire.mutable_seal_time() = convert::ToProto(seal.seal_time);
  wire.set_signature(seal.signature);
  wire.set_public_key(public_key);
  if (seal.format == Seal::kSignsSettled) wire.set_settled_seq(seal.settled_seq);
  return wire;
}

v1::AuditFinding ToProto(const Finding& finding) {
  v1::AuditFinding wire;
  switch (finding.kind) {
    case Finding::Kind::kEventEdited: wire.set_kind(v1::AuditFinding::KIND_EVENT_EDITED); break;
    case Finding::Kind::kEventRemoved: wire.set_kind(v1::AuditFinding::KIND_EVENT_REMOVED); break;
    case Finding::Kind::kEventInserted: wire.set_kind(v1::AuditFinding::KIND_EVENT_INSERTED); break;
    case Finding::Kind::kTreeBroken: wire.set_kind(v1::AuditFinding::KIND_TREE_BROKEN); break;
    case Finding::Kind::kSealForged: wire.set_kind(v1::AuditFinding::KIND_SEAL_FORGED); break;
  }
  wire.set_event_seq(finding.event_seq);
  wire.set_leaf_index(finding.leaf_index);
  wire.set_message(finding.message);
  return wire;
}

}  // namespace reprise::quality
