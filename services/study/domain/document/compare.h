// SPDX-License-Identifier: Apache-2.0
// What a study document changes against the live one, and what of it recorded facts forbid.
#ifndef REPRISE_STUDY_DOMAIN_DOCUMENT_COMPARE_H_
#define REPRISE_STUDY_DOMAIN_DOCUMENT_COMPARE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace reprise::study {

struct Difference {
  enum class Kind { kAdded, kRemoved, kChanged };
  Kind kind = Kind::kChanged;
  std::string path;                // "stages[PILOT].targets[0].participants"
  std::vector<std::string> steps;  // the same in parts: stages, PILOT, targets, 0, participants
  std::string old_value;           // JSON; empty where added
  std::string new_value;           // JSON; empty where removed
};

// How often a stage was used so far, over all sites.
struct StageUse {
  std::string stage;
  int64_t screenings = 0;
  int64_t consents = 0;
  int64_t enrolments = 0;
};

struct ForbiddenChange {
  std::string path;
  std::string reason;  // STAGE_HAS_SCREENINGS, STAGE_HAS_CONSENTS, STAGE_HAS_ENROLMENTS, SITE_STAYS
  std::string message;
};

struct Judgement {
  std::vector<ForbiddenChange> forbidden;
  // Rules or signatures of a stage that had enrolments change.
  bool post_hoc = false;
};

// By path. Both are JSON of documents without faults; `live` is empty where there is none. Lists of
// texts and numbers are one value; elements with a code are found by it, and an order of theirs that
// changed is a difference of the list.
std::vector<Difference> CompareDocuments(const std::string& live, const std::string& next);

// `differences` are those between the two.
Judgement JudgeChanges(const std::vector<Difference>& differences, const std::string& live,
                       const std::string& next, const std::vector<StageUse>& uses);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_DOCUMENT_COMPARE_H_
