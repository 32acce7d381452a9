// SPDX-License-Identifier: Apache-2.0
// Answers to a questionnaire as people write them, and back. The words for an absent answer are
// refused, not_applicable and not_answered; not_asked is the server's to say, so it is read and
// left out.
#ifndef REPRISE_CLI_ONLINE_ANSWERS_H_
#define REPRISE_CLI_ONLINE_ANSWERS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "reprise/questionnaire/v1/response.pb.h"

#include "clients/cli/online/print.h"

namespace reprise::cli {

using Answers = std::map<std::string, questionnaire::v1::Answer>;  // by item code

// `i1=2` an answer, `i1:refused` why there is none, `i1=` nothing entered.
// INVALID_ARGUMENT ANSWERS_MALFORMED with one violation per faulty argument, also for an item named
// twice.
absl::StatusOr<Answers> AnswersFromArguments(const std::vector<std::string>& arguments);

// CSV with the columns item, value and, if wanted, missing; or JSON, known by its first character:
// {"i1": 2, "i2": "text", "i3": null, "i4": {"missing": "refused"}, "i5": ["1", "3"]}, alone or as
// `answers` of what `reprise questionnaire show` prints. INVALID_ARGUMENT ANSWERS_MALFORMED,
// JSON_MALFORMED and those of text/csv.h.
absl::StatusOr<Answers> AnswersFromFile(const std::string& bytes, const std::string& name);

// The items in their codes' order, with the columns that AnswersFromFile reads.
Rows RowsOfAnswers(const questionnaire::v1::Response& response);
// The same over many responses, one line an item, with instance_id, version and submit_time in
// front.
Rows RowsOfResponses(
    const google::protobuf::RepeatedPtrField<questionnaire::v1::Response>& responses);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_ANSWERS_H_
