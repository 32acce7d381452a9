// SPDX-License-Identifier: Apache-2.0
// The coded data as the solvers see them: persons, and the distinct tuples of quasi-identifiers and
// sensitive values with their counts. Attributes are ordered by name, values as in their hierarchy
// and tuples by value, so that neither the order of rows nor that of columns can change a result.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RECORDS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RECORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "services/extract/domain/anonymisation/model.h"

namespace reprise::extract::anonymisation {

struct SensitiveColumn {
  std::string name;
  uint32_t values = 0;  // distinct values in the data, coded in their order (model.h)
  const Hierarchy* hierarchy = nullptr;  // where a model needs one
  std::vector<uint32_t> value_of;        // code -> hierarchy value, with a hierarchy
};

struct Records {
  std::vector<const Hierarchy*> qis;  // by attribute name
  std::vector<int> case_index;        // its place in Case::qis
  std::vector<SensitiveColumn> sensitives;

  size_t persons = 0;                   // released persons, before suppression
  std::vector<uint32_t> person_of_row;  // empty: row i is person i
  std::vector<uint32_t> tuple_of_person;
  std::vector<uint8_t> released;  // per person; empty: all are

  std::vector<std::vector<uint32_t>> value;      // [qi][tuple]
  std::vector<std::vector<uint32_t>> sensitive;  // [sensitive][tuple]
  std::vector<uint32_t> count;                   // released persons of the tuple
  std::vector<uint32_t> population;              // all persons of the tuple; empty without a subset

  size_t tuples() const { return count.size(); }
  size_t attributes() const { return qis.size(); }
};

// What must be coded to solve a case: its QIs, the columns that its models judge, the person.
struct Demand {
  std::vector<std::string> sensitives;
  std::vector<std::string> with_hierarchy;  // of these, those whose model needs a hierarchy
};
Demand DemandOf(const Case& request);

// `table` holds the QIs in order of the case, then Demand::sensitives, then the person column;
// `hierarchies` outlives the result.
//   INVALID_ARGUMENT HIERARCHY_MISSING, COLUMN_MISSING, PERSON_ROWS_DIFFER.
absl::StatusOr<Records> MakeRecords(const Case& request, const Table& table, absl::string_view file,
                                    const std::vector<Hierarchy>& hierarchies,
                                    const absl::optional<Subset>& subset);

// The same persons without attribute `a` or with that attribute read no finer than
// `level`; `coarser` then receives the hierarchy that the result refers to.
Records WithoutAttribute(const Records& records, size_t a);
Records Coarsened(const Records& records, size_t a, int level, Hierarchy& coarser);

const Hierarchy* FindHierarchy(const std::vector<Hierarchy>& hierarchies,
                               absl::string_view attribute);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RECORDS_H_
