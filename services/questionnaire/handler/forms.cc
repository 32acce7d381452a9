// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/handler/forms.h"

#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/read.h"
#include "services/questionnaire/store/instrument_store.h"

namespace reprise::questionnaire {

absl::StatusOr<std::shared_ptr<const Form>> Forms::Get(db::Tx& tx, const std::string& version_id) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto at = forms_.find(version_id); at != forms_.end()) return at->second;
  }
  REPRISE_ASSIGN_OR_RETURN(const InstrumentVersion version, LoadInstrumentVersion(tx, version_id));
  // It was read and checked when it was published, so a failure now is a defect.
  const auto instrument = instrument::LoadInstrument(version.document, version.instrument_id);
  REPRISE_CHECK(instrument.ok());
  REPRISE_ASSIGN_OR_RETURN(std::shared_ptr<const Form> form, Form::Make(*instrument));
  const std::lock_guard<std::mutex> lock(mutex_);
  return forms_.emplace(version_id, std::move(form)).first->second;
}

}  // namespace reprise::questionnaire
