// SPDX-License-Identifier: Apache-2.0
// The plots of the risk page as inline SVG, scaled to the width of the page. The text beside each
// bar carries its number, so that nothing depends on colour.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_PAGE_PLOTS_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_PAGE_PLOTS_H_

#include <string>
#include <vector>

#include "services/extract/domain/risk/page_text.h"
#include "services/extract/domain/risk/report.h"

namespace reprise::extract::risk {

// Text safe between tags and in attributes.
std::string Escape(absl::string_view text);

// A table that scrolls by itself on narrow screens. Cells are already HTML.
using Row = std::vector<std::string>;
std::string Grid(const Row& head, const std::vector<Row>& rows);

// Published persons by the size of their class, in bins that break at the threshold.
std::string SizePlot(const RiskReport& report, Language language);
// One bar a quasi-identifier; needs report.loss.
std::string LossPlot(const RiskReport& report, Language language);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_PAGE_PLOTS_H_
