// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/field_verbs.h"

#include <google/protobuf/descriptor.h>

#include <iostream>
#include <memory>

#include "absl/strings/match.h"

#include "clients/cli/online/print.h"
#include "clients/cli/online/verb.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

struct FieldOptions : ServerOptions {
  FieldVerb verb;
  Words words;
};

absl::Status Run(ServerConnection& server, const FieldOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const auto* const method, FindMethod(options.verb.method));
  const std::unique_ptr<google::protobuf::Message> request(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(method->input_type())
          ->New());
  REPRISE_RETURN_IF_ERROR(FillRequest(server, options.verb, options.words, request.get()));
  // A method with pages is asked for all of them.
  const bool pages = method->output_type()->FindFieldByName("next_page_token") != nullptr;
  REPRISE_ASSIGN_OR_RETURN(const auto answer,
                           pages ? ListPages(server, options.verb.method, *request, 0, nullptr)
                                 : server.Call(method, *request));
  std::cout << Print(*answer, options.output, options.verb.columns);
  return absl::OkStatus();
}

// A field that is true or false is a flag without a word.
bool IsFlag(const google::protobuf::Descriptor* request, const Argument& argument) {
  const auto* const field = request->FindFieldByName(argument.field);
  return field != nullptr &&
         field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_BOOL;
}

void AddArgument(CLI::App* app, FieldOptions* options, const google::protobuf::Descriptor* request,
                 const Argument& argument) {
  const std::string flag = argument.flag;
  if (IsFlag(request, argument)) {
    app->add_flag_callback(flag, [options, flag] { options->words[flag] = {"true"}; }, argument.what);
    return;
  }
  const auto* const field = request->FindFieldByName(argument.field);
  CLI::Option* option = nullptr;
  if (field->is_repeated()) {  // any number of words
    option = app->add_option_function<std::vector<std::string>>(
        flag, [options, flag](const std::vector<std::string>& words) { options->words[flag] = words; },
        argument.what);
  } else {
    option = app->add_option_function<std::string>(
        flag, [options, flag](const std::string& word) { options->words[flag] = {word}; }, argument.what);
  }
  option->required(argument.required);
}

}  // namespace

void AddFieldVerbs(Cli& cli, CLI::App* group, const std::vector<FieldVerb>& verbs) {
  for (const FieldVerb& verb : verbs) {
    const auto added =
        AddOnlineVerb<FieldOptions>(cli, group, verb.name, verb.what, verb.example, Run);
    added.options->verb = verb;
    const auto method = FindMethod(verb.method);
    REPRISE_CHECK(method.ok());
    const google::protobuf::Descriptor* const request = (*method)->input_type();
    bool has_study = false;
    for (const Argument& argument : verb.arguments) {
      REPRISE_CHECK(request->FindFieldByName(argument.field) != nullptr);
      AddArgument(added.verb, added.options.get(), request, argument);
      has_study = has_study || argument.names == Names::kStudy;
    }
    if (has_study) continue;
    FieldOptions* const options = added.options.get();
    added.verb
        ->add_option_function<std::string>(
            "--study", [options](const std::string& word) { options->words["--study"] = {word}; },
            "Code or UUID; may be left out with one study")
        ->expected(1);
  }
}

}  // namespace reprise::cli
