// SPDX-License-Identifier: Apache-2.0
#include <sodium.h>

#include <algorithm>

#include "absl/strings/escaping.h"

#include "services/cohort/convert.h"
#include "services/cohort/domain/allocation/seal.h"
#include "services/cohort/domain/errors.h"
#include "services/cohort/handler/handlers.h"
#include "services/cohort/store/list_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

// `given`, or where it is empty from the operating system; nowhere outside this function unsealed.
void SealSeedOf(AllocationList& list, const std::string& given, absl::string_view key) {
  std::array<uint8_t, randomisation::Seed::kBytes> bytes;
  Nonce nonce;
  if (given.empty()) {
    randombytes_buf(bytes.data(), bytes.size());
  } else {
    std::copy(given.begin(), given.end(), bytes.begin());
  }
  randombytes_buf(nonce.data(), nonce.size());
  const randomisation::Seed seed(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  list.sealed_seed = SealSeed(seed, key, list.list_id, nonce);
  list.seed_sha256 = absl::HexStringToBytes(seed.Commitment());
}

}  // namespace

absl::StatusOr<v1::AllocationList> Handlers::CreateAllocationList(
    const Call& call, const v1::CreateAllocationListRequest& request) {
  AllocationList list{.list_id = call.ids->NewUuid(), .stage = request.stage(),
                      .made_by = call.actor.user_id, .made_time = call.now};
  REPRISE_ASSIGN_OR_RETURN(list.study_id, ParseUuid(request.study_id(), "study_id"));
  if (list.stage.empty()) return StageRequired();
  if (!request.seed().empty() && request.seed().size() != randomisation::Seed::kBytes) return SeedMalformed();
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::AllocationList> {
    REPRISE_ASSIGN_OR_RETURN(list.protocol_version, NewestProtocol(tx, list.study_id));
    REPRISE_ASSIGN_OR_RETURN(const StagePlan plan,
                             LoadStagePlan(tx, list.study_id, list.protocol_version, list.stage));
    REPRISE_ASSIGN_OR_RETURN(const auto sites, ListSiteCodes(tx, list.study_id));
    REPRISE_ASSIGN_OR_RETURN(list.design, DesignOf(plan, sites));
    SealSeedOf(list, request.seed(), allocation_key_);
    InsertList(tx, list);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "allocation_list.create",
                                               .subject_type = "allocation_list",
                                               .subject_id = list.list_id,
                                               .study_id = list.study_id}));
    return ToProto(list);
  });
}

}  // namespace reprise::cohort
