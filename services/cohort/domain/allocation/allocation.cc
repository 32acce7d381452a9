// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/allocation/allocation.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/errors.h"
#include "services/cohort/domain/randomisation/list.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/identifier.h"

namespace reprise::cohort {
namespace {

using randomisation::Design;
using randomisation::Factor;
using randomisation::Seed;

constexpr size_t kMaxReasonBytes = 500;

std::string PathOf(const std::string& factor) { return absl::StrCat("factors[", factor, "]"); }

bool Has(const std::vector<std::string>& levels, const std::string& level) {
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

void CheckLevel(const Factor& factor, const std::string& site, const Factors& given,
                std::vector<error::Violation>& faults) {
  const auto at = given.find(factor.name);
  if (factor.name == kSiteFactor) {
    if (at != given.end() && at->second != site) {
      faults.push_back({PathOf(factor.name), "LEVEL_UNKNOWN", "The site is the participant's; leave it out."});
    }
  } else if (at == given.end()) {
    faults.push_back({PathOf(factor.name), "FACTOR_MISSING", "A level of this factor is required."});
  } else if (!Has(factor.levels, at->second)) {
    faults.push_back({PathOf(factor.name), "LEVEL_UNKNOWN", "The factor has no such level."});
  }
}

}  // namespace

absl::StatusOr<Design> DesignOf(const StagePlan& plan, const std::vector<std::string>& sites) {
  if (plan.arms.empty()) return StageWithoutArms();
  Design design;
  design.method = randomisation::Method::kBlocks;
  design.arms = plan.arms;
  design.factors = plan.factors;
  design.block_sizes = plan.block_sizes;
  for (Factor& factor : design.factors) {
    if (factor.name == kSiteFactor) factor.levels = sites;
    design.strata.push_back(factor.name);
  }
  if (const absl::Status status = CheckDesign(design); !status.ok()) {
    std::vector<std::string> faults;
    for (const auto& fault : error::DetailOf(status).violations) {
      faults.push_back(absl::StrCat(fault.path, ": ", fault.message));
    }
    return DesignUnusable(faults.empty() ? std::string(status.message()) : faults[0]);
  }
  return design;
}

absl::Status CheckMayBeAllocated(const Participation& p) {
  if (p.death_date.has_value()) return NotEnrolled("DECEASED");
  if (p.screen_failed_date.has_value()) return NotEnrolled("SCREEN_FAILED");
  if (p.withdrawal_date.has_value()) return NotEnrolled("WITHDRAWN");
  if (p.completed_date.has_value()) return NotEnrolled("COMPLETED");
  if (p.lost) return NotEnrolled("LOST");
  // Whoever declined the intervention before it was drawn must not be drawn for it.
  if (p.intervention_stop_date.has_value()) return NotEnrolled("INTERVENTION_STOPPED");
  if (!p.enrolled_date.has_value()) return NotEnrolled("CONSENTED");
  const bool open = p.site_opens_date.has_value() && *p.site_opens_date <= p.today &&
                    (!p.site_closes_date.has_value() || p.today <= *p.site_closes_date);
  return open ? absl::OkStatus() : SiteNotOpen(p.site);
}

absl::StatusOr<Factors> CompleteFactors(const Design& design, const std::string& site,
                                        const Factors& given) {
  std::vector<error::Violation> faults;
  Factors complete = given;
  for (const Factor& factor : design.factors) {
    CheckLevel(factor, site, given, faults);
    if (factor.name == kSiteFactor) complete[kSiteFactor] = site;
  }
  for (const auto& [name, level] : given) {
    if (std::none_of(design.factors.begin(), design.factors.end(),
                     [&n = name](const Factor& factor) { return factor.name == n; })) {
      faults.push_back({PathOf(name.substr(0, 40)), "FACTOR_UNKNOWN", "The list has no such factor."});
    }
  }
  if (faults.size() == 1) return error::InvalidField(faults[0].path, faults[0].reason, faults[0].message);
  if (!faults.empty()) return error::Invalid(faults[0].reason, "The factors do not give a stratum.", faults);
  return complete;
}

std::string StratumOf(const Design& design, const Factors& factors) {
  Design here = design;
  std::vector<int> levels;
  for (Factor& factor : here.factors) {
    const auto at = factors.find(factor.name);
    // One level is enough for the label, and a later site is none of the design's.
    factor.levels = {at == factors.end() ? std::string() : at->second};
    levels.push_back(0);
  }
  return StratumLabel(here, levels);
}

absl::StatusOr<std::string> ArmAt(const AllocationList& list, const Seed& seed,
                                  const std::string& stratum, int sequence) {
  REPRISE_ASSIGN_OR_RETURN(const int arm, ListSlot(list.design, seed, stratum, sequence));
  return list.design.arms[static_cast<size_t>(arm)].code;
}

absl::StatusOr<Allocation> Correct(const Design& design, Allocation allocation, const Factors& given,
                                   const std::string& reason) {
  if (reason.empty()) return ReasonRequired();
  if (reason.size() > kMaxReasonBytes) return ReasonTooLong();
  if (text::FindIdentifier(reason) != text::Identifier::kNone) return ReasonHoldsIdentity();
  const Factors& recorded = allocation.corrected.empty() ? allocation.factors : allocation.corrected;
  Factors merged = recorded;
  for (const auto& [name, level] : given) merged[name] = level;
  const auto site = recorded.find(kSiteFactor);
  REPRISE_ASSIGN_OR_RETURN(
      Factors complete,
      CompleteFactors(design, site == recorded.end() ? std::string() : site->second, merged));
  if (complete == recorded) return NothingChanged();
  allocation.corrected = std::move(complete);
  ++allocation.corrections;
  return allocation;
}

Factors Differences(const Allocation& allocation) {
  Factors differences;
  for (const auto& [name, level] : allocation.corrected) {
    const auto entered = allocation.factors.find(name);
    if (entered == allocation.factors.end() || entered->second != level) differences[name] = level;
  }
  return differences;
}

}  // namespace reprise::cohort
