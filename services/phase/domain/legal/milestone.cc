// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/legal/milestone.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/legal/evaluate.h"
#include "services/platform/status.h"

namespace reprise::legal {
namespace {

using Evaluate = void (*)(const Case&, Draft&);
constexpr Evaluate kEvaluate[kMilestoneKinds] = {
    EvaluatePreReturnVisit, EvaluateReturnVisit, EvaluateLiaisonMeeting, EvaluateTrialOfReturn,
    EvaluateTherapeuticPartTime, EvaluatePrescriptionCap};

// Whether the version applies to any prescription of the leave.
bool Applies(const Rule& rule, const Case& at) {
  return std::all_of(rule.applies.begin(), rule.applies.end(), [&](const Condition& condition) {
    switch (condition.key) {
      case Key::kLeaveStart: return Satisfies(condition, at.episode.start);
      case Key::kEvaluationDay: return Satisfies(condition, at.on);
      case Key::kIssueDate:
        return std::any_of(at.episode.prescriptions.begin(), at.episode.prescriptions.end(),
                           [&](const Prescription& p) {
                             return Satisfies(condition, IssueDate(p));
                           });
    }
    return false;
  });
}

bool UsesIssueDate(const Rule& rule) {
  return std::any_of(rule.applies.begin(), rule.applies.end(),
                     [](const Condition& condition) { return condition.key == Key::kIssueDate; });
}

// Flags that concern the leave rather than the rule; only where they can change the outcome.
void FlagEpisode(const Case& at, Draft& draft) {
  const MilestoneKind kind = draft.milestone.kind;
  const bool on_return =
      kind == MilestoneKind::kReturnVisit || kind == MilestoneKind::kPreReturnVisit;
  if (on_return && at.episode.return_source == ReturnSource::kPresumed &&
      draft.milestone.latest.has_value()) {
    draft.Flag("return_presumed");
  }
  if (on_return && at.episode.return_during_leave) draft.Flag("return_during_leave");
  if (at.episode.overlapping && kind != MilestoneKind::kTherapeuticPartTime) {
    draft.Flag("prescriptions_overlap");
  }
  const std::optional<int> gap = at.episode.gap_before_days;
  if (gap.has_value() && *gap >= 1 && *gap <= at.book.gap_query_days) {
    draft.words.SetDays("gap_days", *gap);
    draft.Flag("gap_query");
  }
  const bool undated = std::any_of(at.episode.prescriptions.begin(), at.episode.prescriptions.end(),
                                   [](const Prescription& p) { return !p.issued.has_value(); });
  if (undated && draft.milestone.rule != nullptr && UsesIssueDate(*draft.milestone.rule)) {
    draft.Flag("issue_date_missing");
  }
}

void SetCommonWords(const Case& at, Draft& draft) {
  Words& words = draft.words;
  const auto set = [&](const char* name, const std::optional<absl::CivilDay>& day) {
    if (day.has_value()) words.SetDate(name, *day);
  };
  if (draft.milestone.rule != nullptr) words.Set("articles", draft.milestone.rule->articles);
  words.SetDate("on", at.on);
  words.SetDate("leave_start", at.episode.start);
  words.SetDate("leave_end", at.episode.end);
  words.SetDate("return", at.episode.return_day);
  set("possible_from", draft.milestone.possible_from);
  set("due", draft.milestone.due);
  set("latest", draft.milestone.latest);
  set("done_on", draft.milestone.done_on);
  set("contract_end", at.contract_end);
}

// The sentence of the situation, then one for each flag, then what sources disagree on where that
// could still matter.
void Explain(const Case& at, Draft& draft) {
  SetCommonWords(at, draft);
  Milestone& milestone = draft.milestone;
  const auto& texts = at.book.texts[static_cast<size_t>(milestone.kind)];
  const auto append = [&](const Text& pattern) {
    const Text sentence = draft.words.Fill(pattern);
    // A sentence about something that this case does not have is left out.
    if (sentence.fr.find('{') != std::string::npos) return;
    absl::StrAppend(&milestone.explanation.fr, milestone.explanation.fr.empty() ? "" : " ",
                    sentence.fr);
    absl::StrAppend(&milestone.explanation.en, milestone.explanation.en.empty() ? "" : " ",
                    sentence.en);
  };
  append(texts.at(milestone.situation));
  for (const std::string& flag : milestone.flags) append(at.book.flags.at(flag));
  const bool open = milestone.state == State::kPossible || milestone.state == State::kDue ||
                    milestone.state == State::kLate || milestone.situation == "not_yet";
  if (open && milestone.rule != nullptr && !milestone.rule->note.fr.empty()) {
    append(milestone.rule->note);
  }
}

Milestone Evaluated(const Case& at, MilestoneKind kind, const Rule* rule, bool straddles) {
  Draft draft;
  draft.milestone.kind = kind;
  draft.milestone.rule = rule;
  if (rule == nullptr) {
    draft.Settle(State::kNotApplicable, "no_rule");
  } else {
    kEvaluate[static_cast<size_t>(kind)](at, draft);
    if (straddles) draft.Flag("legal_review_straddle");
  }
  FlagEpisode(at, draft);
  Explain(at, draft);
  return std::move(draft.milestone);
}

Case CaseOf(const RuleBook& book, const LeaveEpisode& episode, const History& known,
            absl::CivilDay on) {
  Case at{.book = book, .episode = episode, .events = {}, .contract_end = {}, .on = on};
  for (const Event& event : known.events) {
    if (event.kind == EventKind::kContractEnd) {
      if (event.date >= episode.start && !at.contract_end.has_value()) at.contract_end = event.date;
      continue;
    }
    const bool before_next = !episode.next_start.has_value() || event.date < *episode.next_start ||
                             event.kind == EventKind::kReturn;
    if (event.date >= episode.start && before_next) at.events.push_back(event);
  }
  return at;
}

}  // namespace

absl::string_view NameOf(State state) {
  switch (state) {
    case State::kNotApplicable: return "not_applicable";
    case State::kPossible: return "possible";
    case State::kDue: return "due";
    case State::kDone: return "done";
    case State::kLate: return "late";
    case State::kWaived: return "waived";
  }
  return "";
}

absl::CivilDay IssueDate(const Prescription& prescription) {
  return prescription.issued.value_or(prescription.start);
}

bool Satisfies(const Condition& condition, absl::CivilDay day) {
  return (!condition.from.has_value() || day >= *condition.from) &&
         (!condition.until.has_value() || day <= *condition.until);
}

std::vector<EpisodeMilestones> DeriveMilestones(const RuleBook& book, const History& history,
                                                absl::CivilDay on) {
  const History known = KnownOn(history, on);
  std::vector<EpisodeMilestones> derived;
  for (const LeaveEpisode& episode : MergeLeaves(history, on)) {
    EpisodeMilestones result{.episode = episode, .milestones = {}};
    const Case at = CaseOf(book, result.episode, known, on);
    for (size_t i = 0; i < kMilestoneKinds; ++i) {
      const auto kind = static_cast<MilestoneKind>(i);
      if (!episode.full && kind != MilestoneKind::kTherapeuticPartTime) continue;
      std::vector<const Rule*> rules;
      for (const Rule& rule : book.rules) {
        if (rule.milestone == kind && Applies(rule, at)) rules.push_back(&rule);
      }
      if (rules.empty()) rules.push_back(nullptr);
      for (const Rule* rule : rules) {
        result.milestones.push_back(Evaluated(at, kind, rule, rules.size() > 1));
      }
    }
    derived.push_back(std::move(result));
  }
  return derived;
}

}  // namespace reprise::legal
