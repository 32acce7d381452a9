// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/response_verbs.h"

#include <iostream>

#include "absl/time/civil_time.h"

#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "clients/cli/files.h"
#include "clients/cli/online/answers.h"
#include "clients/cli/online/codes.h"
#include "clients/cli/online/lists.h"
#include "clients/cli/online/print.h"
#include "clients/cli/online/verb.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::questionnaire::v1;

constexpr const char* kInstance = "UUID, or PARTICIPANT/INSTRUMENT@VERSION/TIMEPOINT";
constexpr const char* kStudy = "Of the participant's code; may be left out where one study has it";

// Answers in the form that --answers reads again.
std::string PrintResponse(const v1::Response& response, const std::string& output) {
  if (output == "json") return Print(response, output);
  if (output == "csv") return PrintCsv(RowsOfAnswers(response));
  v1::Response head = response;
  head.clear_answers();
  return Print(head, output) + "\n" + PrintTable(RowsOfAnswers(response));
}

struct AnswerOptions : ServerOptions {
  std::string instance, study, file;
  std::vector<std::string> answers;
};

// The file's, with the arguments' over them.
absl::StatusOr<Answers> AnswersOf(const AnswerOptions& options) {
  if (options.file.empty() && options.answers.empty()) {
    return error::InvalidField("answers", "ANSWERS_MISSING",
                               "ITEM=VALUE arguments or --answers FILE are required.");
  }
  REPRISE_ASSIGN_OR_RETURN(Answers answers, AnswersFromArguments(options.answers));
  if (!options.file.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(options.file));
    REPRISE_ASSIGN_OR_RETURN(Answers read, AnswersFromFile(bytes, options.file));
    answers.merge(read);
  }
  return answers;
}

struct SubmitOptions : AnswerOptions {
  std::string answered;
};

absl::Status Submit(ServerConnection& server, const SubmitOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const Answers answers, AnswersOf(options));
  v1::SubmitResponseRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_instance_id(),
                           Codes(server).Instance(options.instance, options.study));
  request.mutable_answers()->insert(answers.begin(), answers.end());
  if (!options.answered.empty()) {
    absl::CivilDay day;
    if (options.answered.size() != 10 || !absl::ParseCivilTime(options.answered, &day)) {
      return error::InvalidField("--answered", "DATE_INVALID", "A day such as 2026-02-01 is required.");
    }
    *request.mutable_answered_date() = convert::ToProto(day);
  }
  REPRISE_ASSIGN_OR_RETURN(const auto response,
                           CallAs<v1::Response>(server, "questionnaire/SubmitResponse", request));
  std::cout << Print(response, options.output);
  return absl::OkStatus();
}

struct CorrectOptions : AnswerOptions {
  std::string reason;
  bool whole = false;
};

absl::Status Correct(ServerConnection& server, const CorrectOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const Answers answers, AnswersOf(options));
  v1::GetResponseRequest read;
  REPRISE_ASSIGN_OR_RETURN(*read.mutable_instance_id(),
                           Codes(server).Instance(options.instance, options.study));
  REPRISE_ASSIGN_OR_RETURN(const auto current,
                           CallAs<v1::Response>(server, "questionnaire/GetResponse", read));
  v1::CorrectResponseRequest request;
  request.set_instance_id(read.instance_id());
  request.set_etag(current.etag());
  request.set_change_reason(options.reason);
  for (const auto& [item, answer] : current.answers()) {
    if (!options.whole && answer.missing() != v1::MISSING_NOT_ASKED)
      (*request.mutable_answers())[item] = answer;
  }
  for (const auto& [item, answer] : answers) (*request.mutable_answers())[item] = answer;
  REPRISE_ASSIGN_OR_RETURN(const auto response,
                           CallAs<v1::Response>(server, "questionnaire/CorrectResponse", request));
  std::cout << Print(response, options.output);
  return absl::OkStatus();
}

struct ShowOptions : ServerOptions {
  std::string instance, study;
  int64_t version = 0;
};

absl::Status Show(ServerConnection& server, const ShowOptions& options) {
  v1::GetResponseRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_instance_id(),
                           Codes(server).Instance(options.instance, options.study));
  if (options.version > 0) request.set_version(options.version);
  REPRISE_ASSIGN_OR_RETURN(const auto response,
                           CallAs<v1::Response>(server, "questionnaire/GetResponse", request));
  std::cout << PrintResponse(response, options.output);
  return absl::OkStatus();
}

struct ResponsesOptions : ServerOptions {
  std::string instrument, study;
  int limit = 0;
};

absl::Status Responses(ServerConnection& server, const ResponsesOptions& options) {
  Codes codes(server);
  v1::ListResponsesRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_study_id(), codes.Study(options.study));
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_instrument_version_id(),
                           codes.InstrumentVersion(options.instrument));
  request.set_page_size(500);
  bool more = false;
  REPRISE_ASSIGN_OR_RETURN(const auto answer, ListPages(server, "questionnaire/ListResponses",
                                                        request, options.limit, &more));
  v1::ListResponsesResponse list;
  list.CopyFrom(*answer);
  std::cout << (options.output == "csv"
                    ? PrintCsv(RowsOfResponses(list.responses()))
                    : Print(list, options.output,
                            {"instance_id", "version", "submit_time", "change_reason"}));
  SayMore(more, options.limit);
  return absl::OkStatus();
}

void AddAnswerOptions(CLI::App* verb, AnswerOptions& options) {
  verb->add_option("instance", options.instance, kInstance)->required();
  verb->add_option("answers", options.answers,
                   "ITEM=VALUE, or ITEM:refused, not_applicable, not_answered");
  verb->add_option(
      "--answers", options.file,
      "JSON by item, or CSV with the columns item, value and missing; - reads standard input");
  verb->add_option("--study", options.study, kStudy);
}

void AddReadingVerbs(Cli& cli, CLI::App* group) {
  const auto show = AddOnlineVerb<ShowOptions>(
      cli, group, "show", "Show the answers to a questionnaire",
      "reprise questionnaire show LYO-0042/PHQ-9@1.0/baseline --output csv", Show);
  show.verb->add_option("instance", show.options->instance, kInstance)->required();
  show.verb->add_option("--version", show.options->version, "Of the answers; left out: the latest")
      ->check(CLI::Range(1, 1000000000));
  show.verb->add_option("--study", show.options->study, kStudy);

  const auto responses = AddOnlineVerb<ResponsesOptions>(
      cli, group, "responses", "List the responses to an instrument in a study",
      "reprise questionnaire responses PHQ-9@1.0 --study FASTRACS --output csv\n"
      "CSV has one line an item; the table one line a response.",
      Responses);
  responses.verb->add_option("instrument", responses.options->instrument, "ID@VERSION or UUID")
      ->required();
  responses.verb->add_option("--study", responses.options->study,
                             "Code or UUID; may be left out with one study");
  AddLimit(responses.verb, responses.options->limit);
}

}  // namespace

void AddResponseVerbs(Cli& cli, CLI::App* group) {
  const auto submit = AddOnlineVerb<SubmitOptions>(
      cli, group, "submit", "Submit the answers to a questionnaire that is open",
      "reprise questionnaire submit LYO-0042/PHQ-9@1.0/baseline i1=2 i2=0 i3:refused\n"
      "Several codes of a multiple choice are separated by |, as in 'i4=1|3'. Items that are not "
      "named are\n"
      "not answered; not_asked is the server's to say.",
      Submit);
  AddAnswerOptions(submit.verb, *submit.options);
  submit.verb->add_option("--answered", submit.options->answered,
                          "Day on which she answered, for forms filled in on paper; left out: today");

  const auto correct = AddOnlineVerb<CorrectOptions>(
      cli, group, "correct", "Correct submitted answers, with a reason; the old version stays",
      "reprise questionnaire correct LYO-0042/PHQ-9@1.0/baseline i1=1 --reason \"Typing error at "
      "entry\"\n"
      "Only the items named change; `i1=` empties one. With --whole the answers given are all "
      "there are.",
      Correct);
  AddAnswerOptions(correct.verb, *correct.options);
  correct.verb
      ->add_option("--reason", correct.options->reason,
                   "Why; kept with the version and in the audit log")
      ->required();
  correct.verb->add_flag("--whole", correct.options->whole,
                         "Items that are not named become not answered");

  AddReadingVerbs(cli, group);
}

}  // namespace reprise::cli
