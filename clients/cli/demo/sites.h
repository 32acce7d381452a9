// SPDX-License-Identifier: Apache-2.0
// A study with more sites than its document has.
#ifndef REPRISE_CLI_DEMO_SITES_H_
#define REPRISE_CLI_DEMO_SITES_H_

#include <string>

#include "reprise/study/v1/document.pb.h"

namespace reprise::cli::demo {

// `content` with invented sites after its own until there are `sites` (at most 99), as an amendment would add
// them: S07, S08 and so on, open from the day on which the last of the others opened. JSON, as ApplyProtocol
// reads it.
std::string WithMoreSites(study::v1::StudyDocument content, int sites);

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_SITES_H_
