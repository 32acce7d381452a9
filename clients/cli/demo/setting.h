// SPDX-License-Identifier: Apache-2.0
// What a demo is played with: its options, and the study as set up from its document.
#ifndef REPRISE_CLI_DEMO_SETTING_H_
#define REPRISE_CLI_DEMO_SETTING_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

#include "reprise/study/v1/study.pb.h"

#include "clients/cli/demo/play.h"
#include "clients/cli/demo/staff.h"
#include "clients/cli/online/connection.h"

namespace reprise::cli::demo {

struct Options : ServerOptions {
  std::string document;
  std::string instruments;
  std::string stage = "PILOT";
  std::string accounts;
  std::string extract;
  int participants = 40;
  int sites = 0;           // 0: those of the document
  int screened_each = 28;  // about 1,100 for 40 (docs/demo.md)
  int threads = 4;
  uint64_t seed = 1;
};

struct Setting {
  std::string study_id;
  study::v1::StudyDocument document;
  std::vector<study::v1::Site> sites;
  Staff staff;
  Forms forms;
};

// Makes the study as the administrator, lets its manager publish the instruments and apply the document, and
// engages the staff of every site.
absl::Status SetUp(ServerConnection& admin, const Options& options, Setting& setting);

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_SETTING_H_
