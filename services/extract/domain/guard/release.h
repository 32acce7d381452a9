// SPDX-License-Identifier: Apache-2.0
// A release as the register of extracts keeps it: who got which persons in which classes with which
// variables. A request for a further release has the same shape. Persons are the platform's own
// keys, never the pseudonyms of a file.
#ifndef REPRISE_EXTRACT_DOMAIN_GUARD_RELEASE_H_
#define REPRISE_EXTRACT_DOMAIN_GUARD_RELEASE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::guard {

// Level of generalisation of a released variable; kMixedLevel where cells differ in level (cell
// suppression, local recoding).
inline constexpr int kMixedLevel = -1;

// A published count: cells of the same table and name in two releases can be subtracted.
struct TableCell {
  std::string table, cell;
  uint64_t count = 0;
};

struct Release {
  std::string id, study, recipient, lock_id;
  bool master = false;                   // the frozen anonymised master of its study and data lock
  std::map<std::string, int> variables;  // released variable -> level
  std::vector<std::string> persons;      // unique
  std::vector<std::string> classes;      // of persons[i]; the empty class holds the suppressed
  std::map<std::string, std::vector<std::string>> sensitive;  // column -> value of persons[i]
  std::vector<TableCell> cells;
};

// The rules a request asks to be judged by (bounds below).
struct Rules {
  uint32_t k = 5;                // persons in every intersection and difference, >= 1
  uint32_t l = 2;                // distinct sensitive values possible in every intersection, >= 1
  uint64_t smallest_count = 11;  // difference of two published counts, >= 1
  bool frozen_master = true;     // whether a master, where one exists, must be projected
};

struct Request {
  Release release;
  Rules rules;
};

// An entry (JSON) with the bytes of its person-to-class file; formats in docs/anonymisation.md.
// `file` names the entry in errors.
//   INVALID_ARGUMENT RELEASE_ENTRY_INVALID, CLASSES_INVALID; TEXT_NOT_UTF8 and CSV_* of the classes
//   FAILED_PRECONDITION REGISTER_TAMPERED
absl::StatusOr<Release> ReadRelease(absl::string_view json, absl::string_view classes_csv,
                                    absl::string_view file);
// The same with "k", "l", "smallest_count" and "policy" ("frozen_master" or "guard").
absl::StatusOr<Request> ReadRequest(absl::string_view json, absl::string_view classes_csv,
                                    absl::string_view file);
// Name of the person-to-class file beside the entry, without a path.
absl::StatusOr<std::string> ClassesFileOf(absl::string_view json, absl::string_view file);

}  // namespace reprise::extract::guard

#endif  // REPRISE_EXTRACT_DOMAIN_GUARD_RELEASE_H_
