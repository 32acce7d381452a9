// SPDX-License-Identifier: Apache-2.0
// Sensitive columns taken together: one number for each combination that occurs.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_JOINT_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_JOINT_H_

#include <cstdint>
#include <vector>

#include "services/extract/domain/anonymisation/records.h"

namespace reprise::extract::anonymisation {

// Joint value of each tuple and how many there are; empty and 0 without sensitive columns.
std::vector<uint32_t> JointSensitives(const Records& records, uint32_t& values);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_JOINT_H_
