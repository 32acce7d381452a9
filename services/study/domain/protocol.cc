// SPDX-License-Identifier: Apache-2.0
#include "services/study/domain/protocol.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "services/platform/text/identifier.h"
#include "services/platform/time/clock.h"
#include "services/study/domain/document/faults.h"
#include "services/study/domain/errors.h"

namespace reprise::study {
namespace {

constexpr size_t kMaxReasonBytes = 500;
constexpr char kUsualZone[] = "Europe/Paris";

const Site* SiteOf(const ProtocolState& state, const std::string& code) {
  const auto at = std::find_if(state.sites.begin(), state.sites.end(), [&](const Site& s) { return s.code == code; });
  return at == state.sites.end() ? nullptr : &*at;
}

std::string ZoneOf(const YamlNode& centre) {
  const std::string zone = TextOf(centre, "time_zone");
  return zone.empty() ? kUsualZone : zone;
}

std::vector<Fault> CheckAgainstStudy(const ProtocolState& state, const YamlNode& tree) {
  std::vector<Fault> told;
  Faults faults(told);
  const Spot root{&tree, ""};
  if (TextOf(tree, "study") != state.study_code) {
    faults.AddField(root, "study", "STUDY_MISMATCH", "The document is of another study than the one called.");
  }
  const std::string label = TextOf(tree, "label");
  for (const ProtocolVersion& version : state.versions) {
    if (version.label != label) continue;
    faults.AddField(root, "label", "LABEL_TAKEN", absl::StrCat("Version ", version.version, " has this label."));
  }
  const auto in_force = DayOf(tree, "in_force_on");
  if (in_force.has_value() && !state.versions.empty() && *in_force < state.versions[0].in_force_date) {
    faults.AddField(root, "in_force_on", "IN_FORCE_TOO_EARLY",
                    absl::StrCat("The live version is in force from ", FormatDate(state.versions[0].in_force_date),
                                 "; a later version is not in force before it."));
  }
  for (const Spot& centre : Spots(root, "sites")) {
    const Site* const site = SiteOf(state, TextOf(*centre.node, "code"));
    if (site == nullptr || site->time_zone == ZoneOf(*centre.node)) continue;
    faults.AddField(centre, "time_zone", "SITE_TIME_ZONE_FIXED",
                    absl::StrCat("The days of the site are counted in ", site->time_zone, " already."));
  }
  return told;
}

void PlanSites(const ProtocolState& state, const YamlNode& tree, ProtocolPlan& plan) {
  for (const YamlNode* const centre : Elements(tree, "sites")) {
    const Site wanted{.site_id = {},
                      .study_id = {},
                      .code = TextOf(*centre, "code"),
                      .name = TextOf(*centre, "name"),
                      .time_zone = ZoneOf(*centre),
                      .made_time = {}};
    const Site* const site = SiteOf(state, wanted.code);
    if (site == nullptr) {
      plan.new_sites.push_back(wanted);
    } else if (site->name != wanted.name) {
      plan.renamed_sites.push_back(*site);
      plan.renamed_sites.back().name = wanted.name;
    }
  }
  std::sort(plan.new_sites.begin(), plan.new_sites.end(), [](const Site& a, const Site& b) { return a.code < b.code; });
}

}  // namespace

absl::StatusOr<ProtocolPlan> PlanProtocol(const ProtocolState& state, const NewDocument& document) {
  ProtocolPlan plan;
  plan.differences = CompareDocuments(state.live_content, document.content);
  if (plan.differences.empty()) return plan;
  std::vector<Fault> faults = CheckAgainstStudy(state, document.tree);
  if (!faults.empty()) return ProtocolInvalid(document.name, std::move(faults));
  const Judgement judgement = JudgeChanges(plan.differences, state.live_content, document.content, state.uses);
  if (!judgement.forbidden.empty()) return ProtocolChangeForbidden(judgement.forbidden);
  plan.post_hoc = judgement.post_hoc;
  PlanSites(state, document.tree, plan);
  return plan;
}

absl::Status CheckChangeReason(const std::string& change_reason) {
  if (change_reason.size() > kMaxReasonBytes) return ChangeReasonTooLong();
  if (text::FindIdentifier(change_reason) != text::Identifier::kNone) return ChangeReasonHoldsIdentity();
  return absl::OkStatus();
}

absl::Status CheckSeenVersion(const ProtocolState& state, int seen_version) {
  return seen_version == state.live_version() ? absl::OkStatus() : EtagMismatch(state.live_version());
}

absl::Status CheckApplication(const ProtocolState& state, const ProtocolPlan& plan,
                              const std::string& change_reason) {
  if (plan.differences.empty()) return NothingChanged();
  if (!state.versions.empty() && change_reason.empty()) return ChangeReasonRequired();
  return absl::OkStatus();
}

}  // namespace reprise::study
