// SPDX-License-Identifier: Apache-2.0
#include "services/study/convert.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::study {

v1::Study ToProto(const Study& study) {
  v1::Study wire;
  wire.set_study_id(study.study_id);
  wire.set_code(study.code);
  for (const auto& [language, text] : study.title) (*wire.mutable_title())[language] = text;
  *wire.mutable_made_time() = convert::ToProto(study.made_time);
  return wire;
}

v1::Site ToProto(const Site& site) {
  v1::Site wire;
  wire.set_site_id(site.site_id);
  wire.set_study_id(site.study_id);
  wire.set_code(site.code);
  wire.set_name(site.name);
  wire.set_time_zone(site.time_zone);
  return wire;
}

v1::ProtocolVersion ToProto(const ProtocolVersion& version) {
  v1::ProtocolVersion wire;
  wire.set_study_id(version.study_id);
  wire.set_version(version.version);
  wire.set_label(version.label);
  *wire.mutable_in_force_date() = convert::ToProto(version.in_force_date);
  wire.set_document_sha256(version.document_sha256);
  *wire.mutable_apply_time() = convert::ToProto(version.apply_time);
  wire.set_applied_by(version.applied_by);
  wire.set_change_reason(version.change_reason);
  wire.set_progression_post_hoc(version.post_hoc);
  return wire;
}

v1::ProtocolDifference ToProto(const Difference& difference) {
  v1::ProtocolDifference wire;
  wire.set_path(difference.path);
  switch (difference.kind) {
    case Difference::Kind::kAdded: wire.set_kind(v1::ProtocolDifference::KIND_ADDED); break;
    case Difference::Kind::kRemoved: wire.set_kind(v1::ProtocolDifference::KIND_REMOVED); break;
    case Difference::Kind::kChanged: wire.set_kind(v1::ProtocolDifference::KIND_CHANGED); break;
  }
  wire.set_old_value(difference.old_value);
  wire.set_new_value(difference.new_value);
  return wire;
}

}  // namespace reprise::study
