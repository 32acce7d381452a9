// SPDX-License-Identifier: Apache-2.0
// Verbs that do nothing but fill a request, call one method and print the answer, as rows of a
// table: an argument names the field that it fills, and the field's type says how words become a
// value. What people name (study, site, participant) is looked up by code.
#ifndef REPRISE_CLI_ONLINE_FIELD_VERBS_H_
#define REPRISE_CLI_ONLINE_FIELD_VERBS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"

#include "clients/cli/cli.h"
#include "clients/cli/online/caller.h"

namespace reprise::cli {

// What an argument names, where the type of its field does not say it.
enum class Names {
  kValue,        // by the field's type: text, number, flag, enum word, date, instant, list, key=value
  kStudy,        // code or UUID into `study_id`; left out with one study in sight
  kSite,         // code or UUID into `site_id`, and its study into `study_id`
  kParticipant,  // code or UUID into `participant_id`
  kUser,         // login name or UUID
  kFile,         // a JSON file ("-": standard input) with the message of the field
};

struct Argument {
  const char* flag;   // "stage" is positional, "--stage" an option
  const char* field;  // name of the request's field
  const char* what;
  bool required = false;
  Names names = Names::kValue;
};

struct FieldVerb {
  const char* name;
  const char* method;  // as FindMethod takes it
  const char* what;
  const char* example;
  std::vector<Argument> arguments;
  std::vector<std::string> columns = {};  // of the table form of a list; none: all
};

// Adds the verbs to the group. A request with `study_id` gets --study where no argument fills it.
void AddFieldVerbs(Cli& cli, CLI::App* group, const std::vector<FieldVerb>& verbs);

// Words by flag as typed (a flag that was set has the word "true").
using Words = std::map<std::string, std::vector<std::string>>;

// Fills `request` from the words.
//   INVALID_ARGUMENT DATE_INVALID, INSTANT_MALFORMED, WORD_UNKNOWN (with those there are),
//     NUMBER_MALFORMED, PAIR_MALFORMED, JSON_MALFORMED, each naming the argument
//   and the errors of Codes
absl::Status FillRequest(Caller& caller, const FieldVerb& verb, const Words& words,
                         google::protobuf::Message* request);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_FIELD_VERBS_H_
