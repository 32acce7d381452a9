// SPDX-License-Identifier: Apache-2.0
#include <sodium.h>

#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/domain/instrument/describe.h"
#include "services/questionnaire/domain/instrument/read.h"
#include "services/questionnaire/domain/response/errors.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/instrument_store.h"

namespace reprise::questionnaire {
namespace {

constexpr size_t kMaxDocumentBytes = size_t{1} << 20;

std::string Sha256(const std::string& bytes) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

std::vector<std::string> TypeNames(const std::vector<instrument::ItemType>& types) {
  std::vector<std::string> names;
  for (const instrument::ItemType type : types) names.emplace_back(instrument::NameOf(type));
  return names;
}

}  // namespace

absl::StatusOr<v1::InstrumentVersion> Handlers::PublishInstrumentVersion(
    const Call& call, const v1::PublishInstrumentVersionRequest& request) {
  if (request.document().size() > kMaxDocumentBytes) return DocumentTooLarge();
  const std::string name = request.document_name().empty() ? "document" : request.document_name();
  REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument instrument,
                           instrument::LoadInstrument(request.document(), name));
  REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form, Form::Make(instrument));
  const InstrumentVersion version{.instrument_version_id = call.ids->NewUuid(),
                                  .instrument_id = instrument.id,
                                  .version = instrument.version,
                                  .document = request.document(),
                                  .document_sha256 = Sha256(request.document()),
                                  .publish_time = call.now,
                                  .item_codes = form->item_codes(),
                                  .item_types = TypeNames(form->item_types())};
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::InstrumentVersion> {
    InsertInstrumentVersion(tx, version);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "instrument.publish",
                                               .subject_type = "instrument_version",
                                               .subject_id = version.instrument_version_id}));
    return ToProto(version);
  });
}

}  // namespace reprise::questionnaire
