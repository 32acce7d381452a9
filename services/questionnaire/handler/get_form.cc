// SPDX-License-Identifier: Apache-2.0
#include "services/platform/status.h"
#include "services/questionnaire/convert/form.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/instrument_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::Form> Handlers::GetForm(const Call& call, const v1::GetFormRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string version_id,
                           ParseUuid(request.instrument_version_id(), "instrument_version_id"));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Form> {
    REPRISE_ASSIGN_OR_RETURN(const InstrumentVersion version, LoadInstrumentVersion(tx, version_id));
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form, forms_.Get(tx, version_id));
    v1::Form response = FormOf(call.scope.own_only() ? ForParticipants(form->instrument()) : form->instrument());
    *response.mutable_instrument_version() = ToProto(version);
    return response;
  });
}

}  // namespace reprise::questionnaire
