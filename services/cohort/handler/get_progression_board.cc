// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/convert.h"
#include "services/cohort/domain/progression/board.h"
#include "services/cohort/handler/cut.h"
#include "services/cohort/handler/handlers.h"
#include "services/cohort/store/course_store.h"
#include "services/cohort/store/list_store.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

absl::StatusOr<Evidence> LoadEvidence(db::Tx& tx, const Cut& cut, const Sight& sight, bool has_arms) {
  Evidence evidence{.has_arms = has_arms};
  REPRISE_ASSIGN_OR_RETURN(const auto screenings, CountScreenings(tx, cut));
  REPRISE_ASSIGN_OR_RETURN(auto people, ListPeople(tx, cut));
  evidence.flow = CountFlow(sight.sites, screenings.cells, people).total;
  REPRISE_ASSIGN_OR_RETURN(evidence.open_days, CountOpenDays(tx, cut));
  REPRISE_ASSIGN_OR_RETURN(evidence.courses, ListCourses(tx, cut, std::move(people)));
  return evidence;
}

absl::StatusOr<std::vector<Judgement>> JudgeAll(const RuleBook& book, const Evidence& evidence, bool complete) {
  std::vector<Judgement> judgements;
  for (const ProgressionRule& rule : book.rules) {
    // Counts by arm at one place help to guess the next arm there.
    if (!complete && IsByArm(rule.metric)) {
      judgements.push_back({.rule = rule, .withheld = true});
      continue;
    }
    REPRISE_ASSIGN_OR_RETURN(Judgement judgement, Judge(rule, evidence));
    judgements.push_back(std::move(judgement));
  }
  return judgements;
}

}  // namespace

absl::StatusOr<v1::ProgressionBoard> Handlers::GetProgressionBoard(
    const Call& call, const v1::GetProgressionBoardRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const Cut cut, CutOf(call, request));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ProgressionBoard> {
    REPRISE_RETURN_IF_ERROR(NewestProtocol(tx, cut.study_id).status());
    REPRISE_RETURN_IF_ERROR(CheckStage(tx, cut.study_id, cut.stage));
    REPRISE_ASSIGN_OR_RETURN(const RuleBook book, LoadRules(tx, cut));
    REPRISE_ASSIGN_OR_RETURN(const Sight sight, LoadSight(tx, cut.study_id));
    REPRISE_ASSIGN_OR_RETURN(const Evidence evidence, LoadEvidence(tx, cut, sight, book.has_arms));
    REPRISE_ASSIGN_OR_RETURN(const auto judgements, JudgeAll(book, evidence, sight.complete));

    v1::ProgressionBoard board;
    board.set_stage(cut.stage);
    *board.mutable_as_of_time() = convert::ToProto(cut.as_of);
    for (const Judgement& judgement : judgements) *board.add_results() = ToProto(judgement);
    board.set_overall(ToProto(Worst(judgements)));
    if (book.signed_date.has_value()) *board.mutable_signed_date() = convert::ToProto(*book.signed_date);
    for (const std::string& site : sight.sites) board.add_sites_visible(site);
    board.set_complete(sight.complete);
    return board;
  });
}

}  // namespace reprise::cohort
