// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/convert/instance.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::questionnaire {

v1::InstrumentVersion ToProto(const InstrumentVersion& version) {
  v1::InstrumentVersion wire;
  wire.set_instrument_version_id(version.instrument_version_id);
  wire.set_instrument_id(version.instrument_id);
  wire.set_version(version.version);
  for (const std::string& code : version.item_codes) wire.add_item_codes(code);
  wire.set_document_sha256(version.document_sha256);
  *wire.mutable_publish_time() = convert::ToProto(version.publish_time);
  return wire;
}

v1::Instance ToProto(const Instance& instance) {
  v1::Instance wire;
  wire.set_instance_id(instance.instance_id);
  wire.set_participant_id(instance.participant_id);
  wire.set_instrument_version_id(instance.instrument_version_id);
  wire.set_timepoint(instance.timepoint);
  wire.set_state(instance.response_version > 0 ? v1::Instance::STATE_SUBMITTED
                                               : v1::Instance::STATE_OPEN);
  *wire.mutable_open_time() = convert::ToProto(instance.open_time);
  return wire;
}

}  // namespace reprise::questionnaire
