// SPDX-License-Identifier: Apache-2.0
// What goes with the tables: README.txt, which says in French and English what the data are, and
// manifest.json, by which a reader can check that all of it arrived unchanged. Pure.
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_MANIFEST_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_MANIFEST_H_

#include <string>
#include <vector>

#include "absl/time/time.h"

#include "services/extract/domain/delivery/file_writer.h"
#include "services/extract/domain/delivery/form_layout.h"

namespace reprise::extract {

struct Contents {
  std::string study;  // code
  std::string stage;
  absl::Time cut_time;
  int protocol_version = 0;  // the newest at the cut; 0: none
  std::string protocol_label;
  int64_t participants = 0;
  int64_t withdrawn = 0;  // left out because they withdrew their data since, or asked for erasure
  std::vector<FormLayout> forms;
};

std::string MakeReadme(const Contents& contents);
// `files` in the order in which they were sent, all but the manifest.
std::string MakeManifest(const Contents& contents, const std::vector<FileRecord>& files);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_MANIFEST_H_
