// SPDX-License-Identifier: Apache-2.0
// What is wrong in a study document, and where it stands.
#ifndef REPRISE_STUDY_DOMAIN_DOCUMENT_FAULT_H_
#define REPRISE_STUDY_DOMAIN_DOCUMENT_FAULT_H_

#include <string>

namespace reprise::study {

struct Fault {
  int line = 1;  // 1-based
  int column = 1;
  std::string path;    // "stages[PILOT].kind"
  std::string reason;  // "WORD_UNKNOWN"
  std::string message;
};

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_DOCUMENT_FAULT_H_
