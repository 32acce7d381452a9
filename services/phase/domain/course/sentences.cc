// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/sentences.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace reprise::phase {
namespace {

constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};

struct StateWord {
  absl::string_view state;
  const char* fr;
  const char* en;
};
constexpr StateWord kStates[] = {
    {"not_applicable", "sans objet", "not applicable"},
    {"possible", "possible", "possible"},
    {"due", "à faire", "due"},
    {"done", "faite", "done"},
    {"late", "en retard", "late"},
    {"waived", "dispensée", "waived"},
    {"reached", "atteint", "reached"},
    {"not_reached", "non atteint", "not reached"},
    {"competing", "événement concurrent", "competing event"},
    {"not_ascertainable", "pas encore connu", "not ascertainable"},
};

}  // namespace

Text operator+(Text a, const Text& b) {
  a.fr += b.fr;
  a.en += b.en;
  return a;
}

Text Same(absl::string_view text) { return {std::string(text), std::string(text)}; }

Text Day(absl::CivilDay day) {
  return {absl::StrFormat("%02d/%02d/%04d", day.day(), day.month(), static_cast<int>(day.year())),
          absl::StrCat(day.day(), " ", kMonths[day.month() - 1], " ", static_cast<int>(day.year()))};
}

Text Days(absl::CivilDay first, absl::CivilDay last) {
  return Text{"du ", "from "} + Day(first) + Text{" au ", " to "} + Day(last);
}

Text WordFor(PhaseKind kind) {
  switch (kind) {
    case PhaseKind::kLeave: return {"pendant l'arrêt", "during leave"};
    case PhaseKind::kPreparation: return {"préparation de la reprise", "preparation of the return"};
    case PhaseKind::kReturned: return {"après la reprise", "after the return"};
  }
  return {};
}

Text WordFor(legal::MilestoneKind kind) {
  switch (kind) {
    case legal::MilestoneKind::kPreReturnVisit: return {"visite de pré-reprise", "pre-return visit"};
    case legal::MilestoneKind::kReturnVisit: return {"visite de reprise", "return visit"};
    case legal::MilestoneKind::kLiaisonMeeting: return {"rendez-vous de liaison", "liaison meeting"};
    case legal::MilestoneKind::kTrialOfReturn: return {"essai encadré", "trial of return"};
    case legal::MilestoneKind::kTherapeuticPartTime:
      return {"temps partiel thérapeutique", "therapeutic part-time"};
    case legal::MilestoneKind::kPrescriptionCap:
      return {"durée maximale de prescription", "longest prescription"};
  }
  return {};
}

Text WordForState(absl::string_view state) {
  for (const StateWord& word : kStates) {
    if (word.state == state) return {word.fr, word.en};
  }
  return Same(state);
}

}  // namespace reprise::phase
