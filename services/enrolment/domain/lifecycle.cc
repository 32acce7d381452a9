// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/lifecycle.h"

#include <algorithm>
#include <iterator>

namespace reprise::enrolment {
namespace {

using K = EventKind;
using S = ParticipantStatus;

constexpr const char* kKinds[] = {"",          "CONSENTED", "SCREEN_FAILED", "ENROLLED", "RANDOMISED", "FOLLOW_UP_STARTED",
                                  "COMPLETED", "WITHDRAWN", "LOST",          "FOUND",    "DECEASED"};
constexpr const char* kWithdrawals[] = {"", "INTERVENTION", "CONTACT", "ALL", "ALL_WITH_ERASURE"};
constexpr const char* kStatuses[] = {"NONE",         "CONSENTED", "SCREEN_FAILED", "ENROLLED", "RANDOMISED",
                                     "IN_FOLLOW_UP", "COMPLETED", "WITHDRAWN",     "LOST",     "DECEASED"};

// What may be recorded in which status. Allocation and the start of follow-up are recorded elsewhere.
struct Transition {
  S from;
  K kind;
};
constexpr Transition kTransitions[] = {
    {S::kConsented, K::kEnrolled},    {S::kConsented, K::kScreenFailed}, {S::kConsented, K::kWithdrawn},
    {S::kEnrolled, K::kWithdrawn},    {S::kEnrolled, K::kDeceased},
    {S::kRandomised, K::kWithdrawn},  {S::kRandomised, K::kLost},        {S::kRandomised, K::kDeceased},
    {S::kInFollowUp, K::kCompleted},  {S::kInFollowUp, K::kWithdrawn},   {S::kInFollowUp, K::kLost},
    {S::kInFollowUp, K::kDeceased},
    {S::kLost, K::kFound},            {S::kLost, K::kCompleted},         {S::kLost, K::kWithdrawn},
    {S::kLost, K::kDeceased},
    {S::kWithdrawn, K::kWithdrawn},   {S::kWithdrawn, K::kCompleted},    {S::kWithdrawn, K::kDeceased},
    {S::kCompleted, K::kDeceased},
};

template <typename Enum, size_t N>
Enum Find(const char* const (&names)[N], absl::string_view name) {
  const auto at = std::find(std::begin(names), std::end(names), name);
  return at == std::end(names) ? Enum{0} : static_cast<Enum>(at - std::begin(names));
}

bool Has(const Course& course, K kind) {
  return std::any_of(course.events.begin(), course.events.end(),
                     [&](const Event& event) { return event.kind == kind; });
}

// Where she stands as long as she neither leaves nor is lost.
S UnderWay(const Course& course) {
  if (!Has(course, K::kConsented)) return S::kNone;
  if (!Has(course, K::kEnrolled)) return S::kConsented;
  const bool randomised = Has(course, K::kRandomised);
  if (Has(course, K::kFollowUpStarted) && (randomised || !course.has_arms)) return S::kInFollowUp;
  return randomised ? S::kRandomised : S::kEnrolled;
}

absl::Status CheckCompleted(const FollowUp& follow_up, const Event& event) {
  if (!follow_up.awaited) return absl::OkStatus();
  const bool over = follow_up.known && follow_up.last_close && event.event_date > *follow_up.last_close;
  return over ? absl::OkStatus() : FollowUpNotOver(follow_up.last_close);
}

}  // namespace

const char* NameOf(EventKind kind) { return kKinds[static_cast<int>(kind)]; }
const char* NameOf(Withdrawal withdrawal) { return kWithdrawals[static_cast<int>(withdrawal)]; }
const char* NameOf(ParticipantStatus status) { return kStatuses[static_cast<int>(status)]; }
EventKind EventKindOf(absl::string_view name) { return Find<EventKind>(kKinds, name); }
Withdrawal WithdrawalOf(absl::string_view name) { return Find<Withdrawal>(kWithdrawals, name); }

ParticipantStatus StatusOf(const Course& course) {
  S status = UnderWay(course);
  for (const Event& event : course.events) {
    switch (event.kind) {
      case K::kScreenFailed: status = S::kScreenFailed; break;
      case K::kCompleted: status = S::kCompleted; break;
      case K::kWithdrawn:
        if (event.withdrawal != Withdrawal::kIntervention) status = S::kWithdrawn;
        break;
      case K::kLost: status = S::kLost; break;
      case K::kFound: status = UnderWay(course); break;
      case K::kDeceased: status = S::kDeceased; break;
      default: break;
    }
  }
  return status;
}

Withdrawal WithdrawalSoFar(const Course& course) {
  Withdrawal so_far = Withdrawal::kNone;
  for (const Event& event : course.events) so_far = std::max(so_far, event.withdrawal);
  return so_far;
}

absl::Status CheckNext(const Course& course, const FollowUp& follow_up, const Event& event) {
  const S status = StatusOf(course);
  const Withdrawal so_far = WithdrawalSoFar(course);
  const bool listed = std::any_of(std::begin(kTransitions), std::end(kTransitions), [&](const Transition& t) {
    return t.from == status && t.kind == event.kind;
  });
  const absl::Status refused = StatusTransitionInvalid(NameOf(status), NameOf(event.kind));
  if (!listed) return refused;
  // Only toward less data; and who withdrew from everything to come is not followed to an end.
  if (event.kind == K::kWithdrawn) return event.withdrawal > so_far ? absl::OkStatus() : refused;
  if (status == S::kWithdrawn && so_far != Withdrawal::kContact) return refused;
  if (event.kind == K::kCompleted) return CheckCompleted(follow_up, event);
  if (status == S::kCompleted && !(follow_up.last_close && event.event_date <= *follow_up.last_close)) {
    return refused;
  }
  return absl::OkStatus();
}

bool IsRecordedByItself(EventKind kind) {
  return kind == K::kScreenFailed || kind == K::kCompleted || kind == K::kLost || kind == K::kFound ||
         kind == K::kDeceased;
}

absl::Status CheckMayRenew(const Course& course) {
  const S status = StatusOf(course);
  if (status == S::kConsented || status == S::kEnrolled || status == S::kRandomised ||
      status == S::kInFollowUp || status == S::kLost || status == S::kCompleted) {
    return absl::OkStatus();
  }
  return StatusTransitionInvalid(NameOf(status), "CONSENTED");
}

}  // namespace reprise::enrolment
