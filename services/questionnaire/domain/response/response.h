// SPDX-License-Identifier: Apache-2.0
// What makes answers acceptable to a published instrument, and the form in which they are stored:
// one text and one letter a position. Pure.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_RESPONSE_RESPONSE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_RESPONSE_RESPONSE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "services/questionnaire/domain/instrument/instrument.h"
#include "services/questionnaire/domain/scoring/scoring.h"

namespace reprise::questionnaire {

// As it came in, for one item.
struct RawAnswer {
  std::string value;  // empty where `missing` says why
  instrument::MissingKind missing = instrument::MissingKind::kNone;
};
using RawAnswers = std::vector<std::pair<std::string, RawAnswer>>;  // with its item code, each once

// As stored: same length, one entry an item in the instrument's order.
struct StoredAnswers {
  std::vector<std::optional<std::string>> answers;
  std::string missing;  // '.', 'R', 'X', 'B', 'N' as in questionnaire.response.missing
  friend bool operator==(const StoredAnswers&, const StoredAnswers&) = default;
};

struct Response {
  std::string instance_id;
  int64_t version = 1;
  StoredAnswers stored;
  absl::Time submit_time;
  std::string submitted_by;
  std::string change_reason;  // empty in version 1
  std::optional<absl::CivilDay> answered_date = {};  // none in rows older than the column
};

// One saved answer; `missing` is one of `.RXN`.
struct DraftAnswer {
  std::string item_code;
  std::optional<std::string> answer;
  char missing = '.';
  friend bool operator==(const DraftAnswer&, const DraftAnswer&) = default;
};

// What is saved of an instance that is not submitted.
struct Draft {
  std::vector<DraftAnswer> answers;          // by item code
  std::optional<absl::Time> save_time = {};  // of the newest; none: nothing is saved
};

// What a saving changes; by item code.
struct DraftChange {
  std::vector<DraftAnswer> saved;
  std::vector<std::string> removed;
};

// "v3" of version 3.
std::string EtagOf(int64_t version);

// An instrument ready to judge answers. Immutable, so threads may share it.
class Form {
 public:
  // Requires an instrument without errors (instrument::CheckInstrument).
  static absl::StatusOr<std::shared_ptr<const Form>> Make(const instrument::Instrument& instrument);

  // The answers as they will be stored, or why they cannot be:
  //   INVALID_ARGUMENT ANSWERS_INVALID with one violation a faulty item, path `answers[CODE]`:
  //   ITEM_UNKNOWN, ANSWER_MISSING, ANSWER_NOT_ASKED, ANSWER_UNKNOWN_CODE, ANSWER_OUT_OF_RANGE,
  //   ANSWER_MALFORMED, TEXT_HOLDS_NIR, TEXT_HOLDS_PHONE
  absl::StatusOr<StoredAnswers> Accept(const RawAnswers& raw) const;

  // Answers to be saved before they are submitted, each judged by itself; one without value and
  // missing code removes what was saved. ANSWERS_INVALID as Accept, without ANSWER_MISSING and
  // ANSWER_NOT_ASKED, which only the whole can tell.
  absl::StatusOr<DraftChange> AcceptDraft(const RawAnswers& raw) const;

  const instrument::Instrument& instrument() const { return instrument_; }
  const std::string& instrument_id() const { return instrument_.id; }
  const std::string& version() const { return instrument_.version; }
  const instrument::Text& title() const { return instrument_.title; }
  const std::vector<std::string>& item_codes() const { return scorer_.items(); }
  const std::vector<instrument::ItemType>& item_types() const { return types_; }

 private:
  Form(const instrument::Instrument& instrument, scoring::Scorer scorer)
      : instrument_(instrument), scorer_(std::move(scorer)) {}
  std::optional<error::Violation> ReadOne(size_t item, const RawAnswer& raw,
                                          scoring::Answer& answer) const;

  instrument::Instrument instrument_;
  scoring::Scorer scorer_;
  absl::flat_hash_map<std::string, size_t> places_;  // by item code
  std::vector<instrument::ItemType> types_;
  std::vector<bool> required_;
};

// A correction of `current` by `accepted`. ABORTED ETAG_MISMATCH; INVALID_ARGUMENT ETAG_REQUIRED,
// CHANGE_REASON_REQUIRED, TEXT_HOLDS_IDENTITY, NOTHING_CHANGED.
absl::Status CheckCorrection(const Response& current, const StoredAnswers& accepted,
                             const std::string& etag, const std::string& change_reason);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_RESPONSE_RESPONSE_H_
