// SPDX-License-Identifier: Apache-2.0
// The part of a story that begins with the consent.
#ifndef REPRISE_CLI_DEMO_COURSE_H_
#define REPRISE_CLI_DEMO_COURSE_H_

#include "clients/cli/demo/story.h"

namespace reprise::cli::demo {

// Fills `factors` and `steps` of a participation whose days of consent and enrolment are set.
void TellCourse(const Plan& plan, Dice& dice, Participation& participation);

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_COURSE_H_
