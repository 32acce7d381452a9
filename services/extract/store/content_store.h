// SPDX-License-Identifier: Apache-2.0
// What an extract reads, as recorded until its cut, through the views that the other services publish.
// Rows about many participants come by batches, in the order of the batch.
#ifndef REPRISE_EXTRACT_STORE_CONTENT_STORE_H_
#define REPRISE_EXTRACT_STORE_CONTENT_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/extract/domain/delivery/form_layout.h"
#include "services/extract/domain/delivery/request.h"
#include "services/extract/domain/delivery/roster.h"
#include "services/extract/domain/delivery/wide_layout.h"
#include "services/platform/db/database.h"

namespace reprise::extract {

// Everybody of the stage who had consented at the cut, whoever withdrew among them.
absl::StatusOr<std::vector<Participant>> LoadParticipants(db::Tx& tx, const Request& request);

struct Protocol {
  std::string study;  // code; empty where nothing was applied
  int version = 0;
  std::string label;
};
// The newest at the cut.
absl::StatusOr<Protocol> LoadProtocol(db::Tx& tx, const Request& request);

// Which forms were answered at which timepoints at the cut, in the order of the study document.
absl::StatusOr<std::vector<Occasion>> LoadOccasions(db::Tx& tx, const Request& request);
// Documents of instrument versions, by instrument and version.
absl::StatusOr<std::vector<FormLayout>> LoadForms(db::Tx& tx, const std::vector<Occasion>& occasions);

// Some participants in the order in which their rows shall come.
struct Batch {
  std::vector<std::string> participant_ids;
  std::vector<std::string> consent_dates;
};
Batch BatchOf(absl::Span<const Participant> participants);

// A file about the course: column 0 of a row is the place in the batch (from 0), the others are the
// cells behind the pseudonym; nulls are empty cells.
struct CourseFile {
  const char* file;
  const db::Query* query;
};
absl::Span<const CourseFile> CourseFiles();
absl::StatusOr<db::Rows> SelectCourse(db::Tx& tx, const CourseFile& file, const Batch& batch, absl::Time cut);

// Answers of the batch: place, timepoint, instrument version id, day from consent, version, answers,
// missing; by place, day and timepoint. Of one instrument version, or of all where it is empty.
absl::StatusOr<db::Rows> SelectAnswers(db::Tx& tx, const Batch& batch, absl::Time cut,
                                       const std::string& instrument_version_id);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_STORE_CONTENT_STORE_H_
