// SPDX-License-Identifier: Apache-2.0
// The documents on which the tests of the study service stand.
#ifndef REPRISE_STUDY_DOCUMENTS_FOR_TEST_H_
#define REPRISE_STUDY_DOCUMENTS_FOR_TEST_H_

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace reprise::study {

inline std::string FileText(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string Whole() { return FileText(absl::StrCat(REPRISE_TEST_DATA, "/study/whole.yaml")); }

// `from`, which stands once in the document, replaced by `to`.
inline std::string Changed(std::string document, const std::string& from, const std::string& to) {
  const size_t at = document.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  EXPECT_EQ(document.find(from, at + 1), std::string::npos) << from << " stands twice";
  return document.replace(at, from.size(), to);
}

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOCUMENTS_FOR_TEST_H_
