// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/guard/guard.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

#include "services/extract/domain/guard/errors.h"
#include "services/extract/domain/guard/join.h"
#include "services/extract/domain/guard/pair.h"
#include "services/platform/status.h"

namespace reprise::extract::guard {
namespace {

PersonPlaces PlacesOf(const Release& release) {
  PersonPlaces places;
  for (uint32_t i = 0; i < release.persons.size(); ++i) places.emplace(release.persons[i], i);
  return places;
}

// The request's own classes must be large enough before anything is compared.
void CheckOwnClasses(const Numbered& request, const Rules& rules, PairResult& out) {
  const std::vector<uint64_t> sizes = request.ClassSizes();
  Finding finding{.rule = Rule::kClassTooSmall,
                  .earlier = "",
                  .recipient = "",
                  .smallest = rules.k,
                  .places = 0,
                  .column = ""};
  uint32_t previous = kAbsent;
  for (uint32_t c = 0; c < sizes.size(); ++c) {
    if (c == request.suppressed || sizes[c] == 0) continue;
    if (sizes[c] < rules.k) {
      finding.smallest = std::min(finding.smallest, sizes[c]);
      ++finding.places;
      if (previous != kAbsent) out.merges.emplace_back(previous, c);
    }
    previous = c;
  }
  if (finding.places > 0) out.findings.push_back(std::move(finding));
}

PairResult CheckAll(const Numbered& request, const std::vector<Beside>& earlier,
                    const Rules& rules) {
  PairResult all;
  CheckOwnClasses(request, rules, all);
  for (const Beside& pair : earlier) {
    PairResult one = CheckPair(pair, request, rules);
    all.findings.insert(all.findings.end(), one.findings.begin(), one.findings.end());
    all.merges.insert(all.merges.end(), one.merges.begin(), one.merges.end());
  }
  return all;
}

// The same persons with the classes that an earlier release put them in; empty if it lacks one, or
// lacks a variable that is asked for.
std::vector<uint32_t> Borrow(const Numbered& request, const Beside& from) {
  for (const auto& [name, level] : request.release->variables) {
    if (!from.earlier.release->variables.contains(name)) return {};
  }
  if (!from.new_ones.empty()) return {};
  std::vector<uint32_t> class_of(request.class_of.size());
  for (uint32_t i = 0; i < from.place.size(); ++i) {
    if (from.place[i] != kAbsent) class_of[from.place[i]] = from.earlier.class_of[i];
  }
  return class_of;
}

// Same classes up to their names, no variable or level that the master lacks.
bool IsProjection(const Numbered& request, const Beside& master) {
  const std::vector<uint32_t> classes = Borrow(request, master);
  if (classes.empty()) return false;
  for (const auto& [name, level] : request.release->variables) {
    if (level != master.earlier.release->variables.at(name)) return false;
  }
  absl::flat_hash_map<uint32_t, uint32_t> there, back;
  for (size_t i = 0; i < classes.size(); ++i) {
    if (there.try_emplace(request.class_of[i], classes[i]).first->second != classes[i])
      return false;
    if (back.try_emplace(classes[i], request.class_of[i]).first->second != request.class_of[i])
      return false;
  }
  return true;
}

const Beside* FindReusable(const Numbered& request, const std::vector<Beside>& earlier,
                           const Rules& rules, bool masters_only) {
  for (const Beside& candidate : earlier) {
    if (masters_only && !candidate.earlier.release->master) continue;
    Numbered other = request;
    other.class_of = Borrow(request, candidate);
    if (other.class_of.empty()) continue;
    other.class_names = candidate.earlier.class_names;
    other.suppressed = candidate.earlier.suppressed;
    if (CheckAll(other, earlier, rules).findings.empty()) return &candidate;
  }
  return nullptr;
}

// Merges classes of the request until no rule is broken; empty if even that does not help.
std::vector<std::vector<std::string>> FindMerge(const Numbered& request,
                                                const std::vector<Beside>& earlier,
                                                const Rules& rules) {
  std::vector<uint32_t> group(request.class_names.size());
  std::iota(group.begin(), group.end(), 0u);
  Numbered merged = request;
  while (true) {
    const PairResult result = CheckAll(merged, earlier, rules);
    if (result.findings.empty()) break;
    bool changed = false;
    for (const auto& [a, b] : result.merges) {
      const uint32_t into = std::min(group[a], group[b]), from = std::max(group[a], group[b]);
      if (into == from || from == request.suppressed || into == request.suppressed) continue;
      std::replace(group.begin(), group.end(), from, into);
      changed = true;
    }
    if (!changed) return {};
    for (size_t i = 0; i < merged.class_of.size(); ++i)
      merged.class_of[i] = group[request.class_of[i]];
  }
  std::map<uint32_t, std::vector<std::string>> members;
  for (uint32_t c = 0; c < group.size(); ++c) members[group[c]].push_back(request.class_names[c]);
  std::vector<std::vector<std::string>> out;
  for (auto& [into, names] : members) {
    if (names.size() > 1) out.push_back(std::move(names));
  }
  return out;
}

absl::Status CheckIds(const Request& request, absl::Span<const Release> earlier) {
  absl::flat_hash_set<std::string> ids;
  for (const Release& release : earlier) {
    if (!ids.insert(release.id).second) return ReleaseExists(release.id);
  }
  return ids.contains(request.release.id) ? ReleaseExists(request.release.id) : absl::OkStatus();
}

bool Is(const Finding& finding, std::initializer_list<Rule> rules) {
  return std::find(rules.begin(), rules.end(), finding.rule) != rules.end();
}

// What no other coding of the same persons can repair.
std::string Irreparable(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (Is(finding, {Rule::kPersonsLeft, Rule::kPersonsJoined})) {
      return absl::StrCat("The persons differ from those of release ", finding.earlier, " by ",
                          finding.smallest,
                          " only: whoever holds both finds them by subtraction. Ask for the "
                          "same persons, or wait until more have joined or left.");
    }
    if (finding.rule == Rule::kCellDifference) {
      return absl::StrCat("A count differs from the one published in release ", finding.earlier,
                          " by ", finding.smallest, ": keep that cell closed.");
    }
  }
  return "";
}

Decision Decide(const Numbered& request, const std::vector<Beside>& earlier, const Rules& rules,
                Decision decision, bool must_project) {
  if (decision.findings.empty()) {
    decision.reason = decision.compared == 0 ? "No earlier release of this study."
                      : decision.projection  ? "A projection of the frozen master."
                                             : "No rule is broken against any earlier release.";
    return decision;
  }
  const std::string irreparable = Irreparable(decision.findings);
  if (!irreparable.empty()) {
    decision.outcome = Outcome::kRefuse;
    decision.reason = irreparable;
    return decision;
  }
  if (const Beside* reusable = FindReusable(request, earlier, rules, must_project);
      reusable != nullptr) {
    decision.outcome = Outcome::kReuse;
    decision.reuse = reusable->earlier.release->id;
    decision.reason = absl::StrCat("Release the persons in the classes of release ", decision.reuse,
                                   ", which gives nothing further away.");
    return decision;
  }
  if (must_project) {
    decision.outcome = Outcome::kRefuse;
    decision.reason =
        "The frozen master of this data lock lacks a person or a variable that is asked for; ask "
        "for what it has, or have the separate partition judged with policy guard.";
    return decision;
  }
  decision.merge = FindMerge(request, earlier, rules);
  if (!decision.merge.empty()) {
    decision.outcome = Outcome::kCoarsen;
    decision.reason =
        "The classes cut those of an earlier release into groups that are too small; merge them as "
        "listed.";
    return decision;
  }
  decision.outcome = Outcome::kRefuse;
  decision.reason = "No merging of the classes repairs what the rules found.";
  return decision;
}

}  // namespace

absl::StatusOr<Decision> Judge(const Request& request, absl::Span<const Release> earlier) {
  REPRISE_RETURN_IF_ERROR(CheckIds(request, earlier));
  const Release& wanted = request.release;
  ValueCodes codes;
  const Numbered numbered = Number(wanted, codes);
  const PersonPlaces places = PlacesOf(wanted);
  std::vector<Beside> pairs;
  for (const bool same_recipient : {true, false}) {
    for (const Release& release : earlier) {
      if (release.study != wanted.study ||
          (release.recipient == wanted.recipient) != same_recipient)
        continue;
      pairs.push_back(LayBeside(release, places, codes));
    }
  }
  Decision decision;
  decision.compared = pairs.size();
  const Beside* master = nullptr;
  for (const Beside& pair : pairs) {
    const Release& release = *pair.earlier.release;
    if (!release.master || release.lock_id != wanted.lock_id) continue;
    if (master == nullptr || IsProjection(numbered, pair)) master = &pair;
  }
  decision.projection = master != nullptr && IsProjection(numbered, *master);
  decision.findings = CheckAll(numbered, pairs, request.rules).findings;
  const bool must_project = master != nullptr && request.rules.frozen_master;
  if (must_project && !decision.projection) {
    const Release& release = *master->earlier.release;
    decision.findings.push_back({.rule = Rule::kNotAProjection,
                                 .earlier = release.id,
                                 .recipient = release.recipient,
                                 .smallest = 0,
                                 .places = 0,
                                 .column = ""});
  }
  return Decide(numbered, pairs, request.rules, std::move(decision), must_project);
}

}  // namespace reprise::extract::guard
