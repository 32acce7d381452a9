// SPDX-License-Identifier: Apache-2.0
// For tests: a case with its files as bytes, one call from bytes to released bytes, and a count of
// what was released that knows the texts only.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RELEASE_TESTING_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RELEASE_TESTING_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"

#include "services/extract/domain/anonymisation/recoding.h"
#include "services/extract/domain/anonymisation/solve.h"

namespace reprise::extract::anonymisation {

struct TestCase {
  std::string request, data;
  std::map<std::string, std::string> hierarchies;
  absl::optional<Subset> subset;
};

// A folder of tests/data/anonymisation.
TestCase ReadOracle(const std::string& id);
std::string ReadTestFile(const std::string& path);

struct TestRelease {
  Case request;
  Recoding recoding;
  Summary summary;
  std::string csv;
  std::map<std::string, int> levels;  // by attribute, where there are any
};

absl::StatusOr<TestRelease> Anonymise(const TestCase& test, Method method,
                                      const Effort& effort = {});

// Counted from the released text and the hierarchy files alone.
struct Recount {
  std::map<std::string, std::vector<size_t>>
      rows_of_class;  // joined labels -> rows; suppressed left out
  size_t suppressed = 0;
  double loss = 0;  // arithmetic mean
  bool every_label_generalises = true;
  // Values of `column` per class.
  std::vector<std::map<std::string, size_t>> Histograms(const std::string& column) const;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> header;
};
Recount CountReleased(const TestCase& test, const TestRelease& release);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RELEASE_TESTING_H_
