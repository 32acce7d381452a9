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

}  // namespace reprise::study
