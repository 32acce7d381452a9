// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/verifier.h"

#include <bit>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/risk/comparison.h"
#include "services/extract/domain/risk/errors.h"
#include "services/platform/status.h"

namespace reprise::extract::risk {
namespace {

absl::Status CheckSuppression(const Figures& figures, double limit) {
  // The product may fall a hair short of the whole number that was meant.
  const double allowed = std::floor(limit * static_cast<double>(figures.persons) + 1e-9);
  if (static_cast<double>(figures.suppressed_records) <= allowed) return absl::OkStatus();
  return ReleaseRejected(
      "SUPPRESSION_EXCEEDED", kReleasedFile,
      absl::StrCat(figures.suppressed_records, " persons are suppressed, ", allowed, " may be."));
}

absl::Status CheckOutcomes(const std::vector<PromiseOutcome>& outcomes) {
  for (const PromiseOutcome& outcome : outcomes) {
    if (outcome.holds) continue;
    const bool of_class = outcome.worst_record > 0;
    return ReleaseRejected(
        "MODEL_VIOLATED",
        of_class ? absl::StrCat("class of ", kReleasedFile, ":", outcome.worst_record)
                 : kReleasedFile,
        absl::StrCat("The model ", outcome.text, " does not hold: it reaches ", outcome.reached,
                     of_class
                         ? absl::StrCat(" in a class of ", outcome.worst_class_size, " persons.")
                         : std::string(" in the whole file.")));
  }
  return absl::OkStatus();
}

// Everybody reads "*": one class of all if the promises hold for it, otherwise all are suppressed.
absl::StatusOr<std::vector<PromiseOutcome>> Judge(Comparison& files, const VerifierCase& request,
                                                  const Population* population) {
  REPRISE_ASSIGN_OR_RETURN(std::vector<PromiseOutcome> outcomes,
                           CheckPromises(files.released, request, population, kOriginalFile));
  if (CheckOutcomes(outcomes).ok()) return outcomes;
  for (const SampleColumn& column : files.released.qis) {
    for (const uint32_t label : column.codes.of) {
      if (label != column.tree->root()) return outcomes;
    }
  }
  files.released.suppressed.assign(files.released.persons, true);
  files.released.suppressed_persons = files.released.persons;
  files.released.classes = GroupRows(files.released.persons, {}, files.released.suppressed);
  return CheckPromises(files.released, request, population, kOriginalFile);
}

}  // namespace

absl::StatusOr<VerifiedRelease> VerifyRelease(absl::string_view original_csv,
                                              absl::string_view released_csv,
                                              const VerifierCase& request) {
  REPRISE_ASSIGN_OR_RETURN(Comparison files, CompareFiles(original_csv, released_csv, request));
  const Population* population = request.subset ? &files.population : nullptr;
  VerifiedRelease out;
  REPRISE_ASSIGN_OR_RETURN(out.promises, Judge(files, request, population));
  const Sample& released = files.released;
  out.figures = CountFigures(released);
  REPRISE_RETURN_IF_ERROR(CheckOutcomes(out.promises));
  REPRISE_RETURN_IF_ERROR(CheckSuppression(out.figures, request.suppression_limit));
  out.loss = *CountLoss(released);  // every quasi-identifier has its hierarchy by now
  out.nonuniform_entropy = NonUniformEntropy(released, files.originals);
  out.stars = CountStars(released);
  const std::vector<uint64_t> levels = CommonLevels(released, files.originals);
  for (size_t q = 0; q < levels.size(); ++q) {
    if (levels[q] == 0) continue;
    out.transformation[released.qis[q].name] = std::countr_zero(levels[q]);
  }
  out.class_of_person = released.classes.class_of;
  out.sample = std::move(files.released);
  return out;
}

}  // namespace reprise::extract::risk
