// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/proofs.h"

#include <google/protobuf/util/json_util.h>
#include <sodium.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "services/platform/audit/event.h"
#include "services/platform/audit/merkle.h"
#include "services/platform/audit/tree_head.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::quality::v1;
using nlohmann::json;

absl::Status Broken(const std::string& message) {
  return error::Make(absl::StatusCode::kFailedPrecondition, "PROOF_BROKEN", message);
}

absl::Time TimeOf(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
}

const unsigned char* Data(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::vector<std::string> HashesOf(const google::protobuf::RepeatedPtrField<std::string>& proof) {
  return {proof.begin(), proof.end()};
}

audit::Event EventOf(const v1::AuditEvent& wire) {
  audit::Event event{.event_id = wire.event_id(),
                     .event_time = TimeOf(wire.event_time()),
                     .actor_id = wire.actor_id(),
                     .actor_role = wire.actor_role(),
                     .method = wire.method(),
                     .request_id = wire.request_id(),
                     .action = wire.action(),
                     .subject_type = wire.subject_type(),
                     .subject_id = wire.subject_id(),
                     .study_id = wire.study_id(),
                     .site_id = wire.site_id(),
                     .participant_id = wire.participant_id(),
                     .reason = wire.reason(),
                     .old_version = {},
                     .new_version = {}};
  if (wire.has_old_version()) event.old_version = wire.old_version();
  if (wire.has_new_version()) event.new_version = wire.new_version();
  return event;
}

absl::Status Malformed(const std::string& file) {
  return error::Make(
      absl::StatusCode::kFailedPrecondition, "KEPT_HEADS_MALFORMED",
      "The file of the tree heads seen so far cannot be read; if you know why, remove it.",
      {{"file", file}});
}

// An empty object where there is no file.
absl::StatusOr<json> ReadHeads(const std::string& file) {
  std::error_code failure;
  if (!std::filesystem::exists(file, failure)) return json::object();
  REPRISE_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
  json heads = json::parse(text, nullptr, false);
  if (!heads.is_object()) return Malformed(file);
  return heads;
}

}  // namespace

absl::Status CheckHead(const v1::TreeHead& head) {
  audit::TreeHeadParts parts{.tree_size = head.tree_size(),
                             .seal_time = TimeOf(head.seal_time()),
                             .settled_seq = {},
                             .root_hash = head.root_hash()};
  if (head.has_settled_seq()) parts.settled_seq = head.settled_seq();
  const std::string bytes = audit::SignedBytes(parts);
  if (head.signature().size() != crypto_sign_BYTES ||
      head.public_key().size() != crypto_sign_PUBLICKEYBYTES ||
      crypto_sign_verify_detached(Data(head.signature()), Data(bytes), bytes.size(),
                                  Data(head.public_key())) != 0) {
    return Broken(
        absl::StrCat("The signature of the tree head of size ", head.tree_size(), " is wrong."));
  }
  return absl::OkStatus();
}

absl::Status CheckInclusion(const std::optional<v1::AuditEvent>& event,
                            const v1::ProveInclusionResponse& proof) {
  REPRISE_RETURN_IF_ERROR(CheckHead(proof.tree_head()));
  if (event.has_value() && audit::LeafHash(EventOf(*event)) != proof.leaf_hash()) {
    return Broken(
        absl::StrCat("Event ", event->event_seq(), " does not read as it did when it was sealed."));
  }
  if (!audit::VerifyInclusion(proof.leaf_hash(), proof.leaf_index(), proof.tree_head().tree_size(),
                              HashesOf(proof.proof()), proof.tree_head().root_hash())) {
    return Broken(absl::StrCat("The proof does not lead from leaf ", proof.leaf_index(),
                               " to the signed root."));
  }
  return absl::OkStatus();
}

absl::Status CheckSameKey(const v1::TreeHead& kept, const v1::TreeHead& head) {
  if (head.public_key() == kept.public_key()) return absl::OkStatus();
  return Broken("Another key signs the log than when this computer last looked.");
}

absl::Status CheckGrowth(const v1::TreeHead& kept, const v1::ProveConsistencyResponse& proof) {
  const v1::TreeHead& later = proof.tree_head();
  REPRISE_RETURN_IF_ERROR(CheckSameKey(kept, later));
  REPRISE_RETURN_IF_ERROR(CheckHead(later));
  if (later.tree_size() < kept.tree_size() ||
      !audit::VerifyConsistency(kept.tree_size(), kept.root_hash(), later.tree_size(),
                                later.root_hash(), HashesOf(proof.proof()))) {
    return Broken(absl::StrCat("The log no longer begins with the ", kept.tree_size(),
                               " events that were sealed when this computer last looked."));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<v1::TreeHead>> KeptHeads::Find(const std::string& server) const {
  REPRISE_ASSIGN_OR_RETURN(const json heads, ReadHeads(file_));
  if (!heads.contains(server)) return std::nullopt;
  v1::TreeHead head;
  if (!google::protobuf::util::JsonStringToMessage(heads[server].dump(), &head).ok() ||
      head.tree_size() <= 0 || !CheckHead(head).ok()) {
    return Malformed(file_);
  }
  return head;
}

absl::Status KeptHeads::Keep(const std::string& server,
                             const std::optional<v1::TreeHead>& head) const {
  REPRISE_ASSIGN_OR_RETURN(json heads, ReadHeads(file_));
  heads.erase(server);
  if (head.has_value()) {
    std::string text;
    (void)google::protobuf::util::MessageToJsonString(*head, &text);
    heads[server] = json::parse(text);
  }
  std::error_code failure;
  std::filesystem::create_directories(std::filesystem::path(file_).parent_path(), failure);
  return WriteFile(file_, heads.dump(2) + "\n");
}

}  // namespace reprise::cli
