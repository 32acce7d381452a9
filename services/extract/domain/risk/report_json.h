// SPDX-License-Identifier: Apache-2.0
// The risk report as JSON; the format is in docs/anonymisation.md.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_REPORT_JSON_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_REPORT_JSON_H_

#include <string>

#include "services/extract/domain/risk/report.h"

namespace reprise::extract::risk {

// `verified` tells whether the file was also checked against its original; absent if it was not.
std::string ReportJson(const RiskReport& report, std::optional<bool> verified = std::nullopt);

// The limits of any such report, in English; page_text.h has them in the page's languages.
const std::vector<std::string>& KnownLimits();

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_REPORT_JSON_H_
