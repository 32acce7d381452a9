// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"

#include "reprise/access/v1/access_service.pb.h"

#include "clients/cli/online/arguments.h"
#include "clients/cli/online/codes.h"
#include "clients/cli/online/lists.h"
#include "clients/cli/online/print.h"
#include "clients/cli/online/proofs.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::quality::v1;

constexpr const char* kHeadsFile = "audit-heads.json";

struct ListOptions : ServerOptions {
  std::string participant, study, actor, action, from, until;
  int limit = 0;
};

// For people login names instead of ids, where the caller may list accounts.
void NameActors(ServerConnection& server, google::protobuf::Message& events) {
  access::v1::ListUsersRequest request;
  request.set_page_size(200);
  const auto users = ListAll<access::v1::ListUsersResponse>(server, "access/ListUsers", request);
  if (!users.ok()) return;
  std::map<std::string, std::string> names;
  for (const access::v1::User& user : users->users()) names[user.user_id()] = user.login_name();
  v1::ListAuditEventsResponse named;
  named.CopyFrom(events);
  for (v1::AuditEvent& event : *named.mutable_events()) {
    if (const auto at = names.find(event.actor_id()); at != names.end())
      event.set_actor_id(at->second);
  }
  events.CopyFrom(named);
}

absl::Status List(ServerConnection& server, const ListOptions& options) {
  Codes codes(server);
  v1::ListAuditEventsRequest request;
  if (!options.participant.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const std::string id,
                             codes.Participant(options.participant, options.study));
    request.set_participant_id(id);
  }
  if (!options.actor.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const std::string id, codes.UserId(options.actor));
    request.set_actor_id(id);
  }
  if (!options.action.empty()) request.set_action(options.action);
  if (!options.from.empty()) {
    REPRISE_ASSIGN_OR_RETURN(*request.mutable_from_time(), InstantOf(options.from, "--from"));
  }
  if (!options.until.empty()) {
    REPRISE_ASSIGN_OR_RETURN(*request.mutable_until_time(), InstantOf(options.until, "--until"));
  }
  request.set_page_size(options.limit == 0 ? 1000 : std::min(options.limit, 1000));
  bool more = false;
  REPRISE_ASSIGN_OR_RETURN(const auto events, ListPages(server, "quality/ListAuditEvents", request,
                                                        options.limit, &more));
  if (options.output == "table") NameActors(server, *events);
  std::cout << Print(*events, options.output,
                     {"event_seq", "event_time", "action", "actor_role", "actor_id", "subject_id",
                      "old_version", "new_version", "reason"});
  SayMore(more, options.limit);
  return absl::OkStatus();
}

struct VerifyOptions : ServerOptions {
  bool forget = false;
};

void AddFinding(v1::VerifyAuditLogResponse& outcome, v1::AuditFinding::Kind kind, int64_t tree_size,
                const std::string& message) {
  v1::AuditFinding* const finding = outcome.add_findings();
  finding->set_kind(kind);
  finding->set_leaf_index(tree_size);
  finding->set_message(message);
}

// Whether the log still begins with what it held when this computer last looked.
absl::Status CompareWithKept(ServerConnection& server, const v1::TreeHead& kept,
                             v1::VerifyAuditLogResponse& outcome) {
  v1::ProveConsistencyRequest request;
  request.set_earlier_tree_size(kept.tree_size());
  const absl::StatusOr<v1::ProveConsistencyResponse> proof =
      CallAs<v1::ProveConsistencyResponse>(server, "quality/ProveConsistency", request);
  const std::string reason = error::ReasonOf(proof.status());
  if (reason == "SEAL_NOT_FOUND" || reason == "TREE_SIZE_INVALID") {
    AddFinding(outcome, v1::AuditFinding::KIND_TREE_BROKEN, kept.tree_size(),
               absl::StrCat("The log was cut: its state with ", kept.tree_size(),
                            " sealed events, which this computer saw, is gone; now it has ",
                            outcome.tree_head().tree_size(), "."));
    return absl::OkStatus();
  }
  if (!proof.ok()) return proof.status();
  if (const absl::Status grown = CheckGrowth(kept, *proof); !grown.ok()) {
    AddFinding(outcome, v1::AuditFinding::KIND_TREE_BROKEN, kept.tree_size(),
               std::string(grown.message()));
  }
  return absl::OkStatus();
}

void PrintOutcome(const v1::VerifyAuditLogResponse& outcome,
                  const std::optional<v1::TreeHead>& kept, const std::string& output) {
  if (output == "json") {
    std::cout << Print(outcome, output);
  } else if (output == "csv") {
    Rows rows{.header = {"kind", "event_seq", "leaf_index", "message"}, .cells = {}};
    for (const v1::AuditFinding& finding : outcome.findings()) {
      rows.cells.push_back({v1::AuditFinding::Kind_Name(finding.kind()),
                            absl::StrCat(finding.event_seq()), absl::StrCat(finding.leaf_index()),
                            finding.message()});
    }
    std::cout << PrintCsv(rows);
  } else if (outcome.findings().empty()) {
    std::cout << "The audit log is complete and unchanged: " << outcome.events() << " events, "
              << outcome.sealed() << " of them sealed.\n";
    if (kept.has_value()) {
      std::cout << "It still begins with the " << kept->tree_size()
                << " events that were sealed when this computer last looked.\n";
    } else {
      std::cout
          << "This computer looked for the first time; it remembers the log's state from now on.\n";
    }
  } else {
    for (const v1::AuditFinding& finding : outcome.findings())
      std::cout << finding.message() << "\n";
  }
}

absl::Status Changed(const v1::VerifyAuditLogResponse& outcome) {
  int64_t first = 0;
  for (const v1::AuditFinding& finding : outcome.findings()) {
    if (finding.event_seq() > 0 && (first == 0 || finding.event_seq() < first))
      first = finding.event_seq();
  }
  return error::Make(
      absl::StatusCode::kFailedPrecondition, "AUDIT_LOG_CHANGED",
      first == 0
          ? "The audit log was changed behind the daemon's back."
          : absl::StrCat("The audit log was changed behind the daemon's back, first at event ",
                         first, "."));
}

absl::Status Verify(ServerConnection& server, const VerifyOptions& options) {
  const KeptHeads heads(BesideSession(kHeadsFile));
  if (options.forget) REPRISE_RETURN_IF_ERROR(heads.Keep(server.server(), std::nullopt));
  REPRISE_ASSIGN_OR_RETURN(const std::optional<v1::TreeHead> kept, heads.Find(server.server()));
  REPRISE_ASSIGN_OR_RETURN(auto outcome,
                           CallAs<v1::VerifyAuditLogResponse>(server, "quality/VerifyAuditLog",
                                                              v1::VerifyAuditLogRequest()));
  if (outcome.has_tree_head()) {
    if (const absl::Status head = CheckHead(outcome.tree_head()); !head.ok()) {
      AddFinding(outcome, v1::AuditFinding::KIND_SEAL_FORGED, outcome.tree_head().tree_size(),
                 std::string(head.message()));
    }
  }
  if (kept.has_value()) REPRISE_RETURN_IF_ERROR(CompareWithKept(server, *kept, outcome));
  PrintOutcome(outcome, kept, options.output);
  if (!outcome.findings().empty()) return Changed(outcome);
  if (!outcome.has_tree_head() || outcome.tree_head().tree_size() == 0) return absl::OkStatus();
  return heads.Keep(server.server(), outcome.tree_head());
}

// A proof is worth the key that signed its root, so it must be the one known from earlier.
absl::Status CheckKeptKey(ServerConnection& server, const v1::TreeHead& head) {
  REPRISE_ASSIGN_OR_RETURN(const auto kept,
                           KeptHeads(BesideSession(kHeadsFile)).Find(server.server()));
  return kept.has_value() ? CheckSameKey(*kept, head) : absl::OkStatus();
}

struct ProveOptions : ServerOptions {
  int64_t event_seq = 0;
};

// None where the caller may not read it.
absl::StatusOr<std::optional<v1::AuditEvent>> FindEvent(ServerConnection& server,
                                                        int64_t event_seq) {
  v1::ListAuditEventsRequest request;
  request.set_event_seq(event_seq);
  const auto page = CallAs<v1::ListAuditEventsResponse>(server, "quality/ListAuditEvents", request);
  if (page.status().code() == absl::StatusCode::kPermissionDenied) return std::nullopt;
  if (!page.ok()) return page.status();
  // Another number than was asked for would be another event's content.
  if (page->events().empty() || page->events(0).event_seq() != event_seq) return std::nullopt;
  return page->events(0);
}

absl::Status Prove(ServerConnection& server, const ProveOptions& options) {
  v1::ProveInclusionRequest request;
  request.set_event_seq(options.event_seq);
  REPRISE_ASSIGN_OR_RETURN(const auto proof, CallAs<v1::ProveInclusionResponse>(
                                                 server, "quality/ProveInclusion", request));
  REPRISE_ASSIGN_OR_RETURN(const std::optional<v1::AuditEvent> event,
                           FindEvent(server, options.event_seq));
  REPRISE_RETURN_IF_ERROR(CheckInclusion(event, proof));
  REPRISE_RETURN_IF_ERROR(CheckKeptKey(server, proof.tree_head()));
  if (options.output != "table") {
    std::cout << Print(proof, options.output);
  } else {
    std::cout << "Event " << options.event_seq << " is leaf " << proof.leaf_index() << " of the "
              << proof.tree_head().tree_size()
              << " sealed events; the proof leads to the signed root.\n";
    if (event.has_value()) std::cout << "\n" << Print(*event, "table");
  }
  if (!event.has_value()) {
    std::cerr
        << "The event is not yours to read, or it was removed, so its content was not compared;\n"
           "`reprise audit verify` tells.\n";
  }
  return absl::OkStatus();
}

absl::Status Head(ServerConnection& server, const ServerOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const auto head, CallAs<v1::TreeHead>(server, "quality/GetTreeHead",
                                                                 v1::GetTreeHeadRequest()));
  REPRISE_RETURN_IF_ERROR(CheckHead(head));
  REPRISE_RETURN_IF_ERROR(CheckKeptKey(server, head));
  std::cout << Print(head, options.output);
  return absl::OkStatus();
}

void AddListVerb(Cli& cli, CLI::App* group) {
  const auto list = AddOnlineVerb<ListOptions>(
      cli, group, "list", "List events in the order of recording",
      "reprise audit list --participant LYO-0042 --from 2026-02-01 --output csv\n"
      "The table leaves out what CSV and JSON hold: method, request, study, site, participant.",
      List);
  list.verb->add_option("--participant", list.options->participant,
                        "Code or UUID; only events about her");
  list.verb->add_option("--study", list.options->study, "Of the participant's code");
  list.verb->add_option("--actor", list.options->actor, "Login name or UUID; only her acts");
  list.verb->add_option("--action", list.options->action,
                        "Only this action, such as response.correct");
  list.verb->add_option("--from", list.options->from, "Day or instant from which on");
  list.verb->add_option("--until", list.options->until, "Day or instant before which");
  AddLimit(list.verb, list.options->limit);
}

}  // namespace

void AddAuditVerbs(Cli& cli) {
  CLI::App* const group = AddGroup(cli, "audit", "The audit log and its proofs");
  AddListVerb(cli, group);

  const auto verify = AddOnlineVerb<VerifyOptions>(
      cli, group, "verify", "Prove the log complete and unchanged; exit code 7 where it is not",
      "reprise audit verify\n"
      "The log's last state is kept beside the session file, so that a log cut short is noticed "
      "next time.",
      Verify);
  verify.verb->add_flag("--forget-kept", verify.options->forget,
                        "Forget the state kept of this server, after it was set up anew");

  const auto prove = AddOnlineVerb<ProveOptions>(
      cli, group, "prove", "Prove here that an event is in the signed log as it reads now",
      "reprise audit prove 1234", Prove);
  prove.verb->add_option("event_seq", prove.options->event_seq, "As `reprise audit list` shows it")
      ->required()
      ->check(CLI::Range(int64_t{1}, int64_t{1000000000000000}));

  AddOnlineVerb<ServerOptions>(cli, group, "head", "Print the latest signed state of the log",
                               "reprise audit head --output json", Head);
}

}  // namespace reprise::cli
