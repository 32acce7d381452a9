// SPDX-License-Identifier: Apache-2.0
// Days from which the protocol counts, and the windows that they make now. A window whose anchor is
// not known does not exist yet.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_WINDOWS_H_
#define REPRISE_PHASE_DOMAIN_COURSE_WINDOWS_H_

#include <optional>

#include "absl/strings/string_view.h"

#include "services/phase/domain/course/facts.h"

namespace reprise::phase {

struct Anchors {
  std::optional<absl::CivilDay> consent;
  std::optional<absl::CivilDay> t0;
  std::optional<absl::CivilDay> chemo_start;
  std::optional<absl::CivilDay> leave_start;  // first full leave that is not void
  std::optional<absl::CivilDay> first_return; // first phase after the return

  // By its name in the study document.
  std::optional<absl::CivilDay> Of(absl::string_view anchor) const;
  bool operator==(const Anchors&) const = default;
};
// The same days as phase.published_anchor.
Anchors AnchorsOf(const Participation& participation, const Facts& facts);

// Both days inclusive; a null last day is open.
struct Window {
  absl::CivilDay first;
  std::optional<absl::CivilDay> last;

  bool Has(absl::CivilDay day) const { return first <= day && (!last.has_value() || day <= *last); }
  bool operator==(const Window&) const = default;
};

// 31 October + 4 months = 28 (or 29) February.
absl::CivilDay Shifted(absl::CivilDay anchor, const Offset& offset);

std::optional<Window> WindowOf(const VisitRule& rule, const Anchors& anchors);
std::optional<Window> WindowOf(const QuestionnaireRule& rule, const Anchors& anchors);
// Open where the rule gives no later last day than the first.
std::optional<Window> WindowOf(const ComponentRule& rule, const Anchors& anchors);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_WINDOWS_H_
