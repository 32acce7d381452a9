// SPDX-License-Identifier: Apache-2.0
// What a variable costs: the loss and risk of a request as it stands, with each quasi-identifier
// left out, and with each coarsened by one more level; fast enough to be shown while boxes are
// ticked.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_COSTS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_COSTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/recoding.h"
#include "services/extract/domain/anonymisation/solve.h"

namespace reprise::extract::anonymisation {

struct Cost {
  std::string attribute;  // empty for the request as it stands
  bool left_out = false;  // otherwise coarsened: its finest released level is `level`
  int level = 0;
  bool releasable = false;  // false: no release at all within the limit; the rest is then 0
  Summary summary;          // per_qi_loss in the order of the quasi-identifiers that remain
  // Loss over all quasi-identifiers of the request, what is left out counting as lost (1) and what
  // is coarsened by its true shares: comparable between rows, unlike the summary's.
  double loss_of_request = 0;
  // Of the input at these levels: persons alone in their class, and classes / persons.
  double unique_share = 0;
  double average_risk_before = 0;
};

// Solves each variant with `method`; the first element is the request itself. Each hierarchy's
// levels but the last are offered. A request with a single quasi-identifier has none to leave out.
//   Errors of Solve() other than NOTHING_RELEASABLE.
absl::StatusOr<std::vector<Cost>> VariableCosts(const Case& request, const Records& records,
                                                Method method, const Effort& effort);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_COSTS_H_
