// SPDX-License-Identifier: Apache-2.0
// Numbers for the distinct combinations of several coded columns.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_TUPLE_IDS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_TUPLE_IDS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reprise::extract::anonymisation {

// One coded column of persons with the number of its codes.
struct Coded {
  const std::vector<uint32_t>* codes;
  uint64_t radix;
};

// Tuple ids of all persons, numbered in the order of the columns' values; `tuples` receives how
// many there are. The columns are folded into one mixed-radix key, which is replaced by its rank
// whenever the next column would not fit.
std::vector<uint32_t> TupleIds(const std::vector<Coded>& columns, size_t persons, uint32_t& tuples);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_TUPLE_IDS_H_
