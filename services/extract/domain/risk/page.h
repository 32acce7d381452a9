// SPDX-License-Identifier: Apache-2.0
// The risk report as one HTML page that a person reads: no script, no request to anywhere, plots as
// inline SVG, in French or English.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_PAGE_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_PAGE_H_

#include <optional>
#include <string>

#include "services/extract/domain/risk/page_text.h"
#include "services/extract/domain/risk/report.h"

namespace reprise::extract::risk {

// `name` is what the page calls the file. Texts of the data are escaped.
std::string ReportPage(const RiskReport& report, const std::string& name, Language language,
                       std::optional<bool> verified = std::nullopt);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_PAGE_H_
