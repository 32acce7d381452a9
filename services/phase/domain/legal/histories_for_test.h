// SPDX-License-Identifier: Apache-2.0
// Short words for leaves, events and milestones in tests.
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_HISTORIES_FOR_TEST_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_HISTORIES_FOR_TEST_H_

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "services/phase/domain/legal/milestone.h"
#include "services/platform/time/clock.h"

namespace reprise::legal {

inline const RuleBook& Book() {
  static const auto& book = *new RuleBook(ParseRules(ShippedRules()).value());
  return book;
}

inline absl::CivilDay D(const std::string& text) { return ParseDate(text, "test").value(); }

// "2026-07-01 2026-07-31": issued on its first day, for illness.
inline Prescription Leave(const std::string& start, const std::string& end) {
  Prescription prescription;
  prescription.start = D(start);
  prescription.end = D(end);
  prescription.issued = prescription.start;
  return prescription;
}

inline Prescription Leave(const std::string& start, const std::string& end, Cause cause) {
  Prescription prescription = Leave(start, end);
  prescription.cause = cause;
  return prescription;
}

inline Prescription PartTime(const std::string& start, const std::string& end) {
  Prescription prescription = Leave(start, end);
  prescription.full = false;
  return prescription;
}

inline Event At(EventKind kind, const std::string& date) {
  Event event;
  event.kind = kind;
  event.date = D(date);
  return event;
}
inline Event Back(const std::string& date) { return At(EventKind::kReturn, date); }
inline Event PreVisit(const std::string& date, bool adaptation = false, bool working_time = false) {
  Event event = At(EventKind::kPreReturnVisit, date);
  event.adaptation = adaptation;
  event.working_time = working_time;
  return event;
}

inline std::string Text(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? FormatDate(*day) : "";
}

inline std::vector<Milestone> Of(const History& history, const std::string& on, MilestoneKind kind,
                          size_t episode = 0) {
  EXPECT_TRUE(CheckHistory(history, D(on)).empty());
  std::vector<Milestone> found;
  const auto derived = DeriveMilestones(Book(), history, D(on));
  if (episode >= derived.size()) return found;
  for (const Milestone& milestone : derived[episode].milestones) {
    if (milestone.kind == kind) found.push_back(milestone);
  }
  return found;
}

inline Milestone Only(const History& history, const std::string& on, MilestoneKind kind,
               size_t episode = 0) {
  const auto found = Of(history, on, kind, episode);
  EXPECT_EQ(found.size(), 1u);
  return found.empty() ? Milestone{} : found.front();
}

constexpr auto kPre = MilestoneKind::kPreReturnVisit;
constexpr auto kVisit = MilestoneKind::kReturnVisit;
constexpr auto kLiaison = MilestoneKind::kLiaisonMeeting;
constexpr auto kTrial = MilestoneKind::kTrialOfReturn;
constexpr auto kPart = MilestoneKind::kTherapeuticPartTime;
constexpr auto kCap = MilestoneKind::kPrescriptionCap;

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_HISTORIES_FOR_TEST_H_
