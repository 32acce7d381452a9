// SPDX-License-Identifier: Apache-2.0
#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "google/type/date.pb.h"

#include "clients/cli/files.h"
#include "clients/cli/online/codes.h"
#include "clients/cli/online/field_verbs.h"
#include "clients/cli/online/lists.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The enum's value whose name ends in the word: `lost` for KIND_LOST.
absl::StatusOr<const EnumValueDescriptor*> EnumValue(const FieldDescriptor* field,
                                                     const std::string& flag,
                                                     const std::string& word) {
  const auto* const type = field->enum_type();
  const std::string none = type->value(0)->name();
  const std::string prefix = none.substr(0, none.size() - std::string("UNSPECIFIED").size());
  const auto* const value = type->FindValueByName(absl::StrCat(prefix, absl::AsciiStrToUpper(word)));
  if (value != nullptr && value->number() != 0) return value;
  std::vector<std::string> known;
  for (int i = 1; i < type->value_count(); ++i) {
    known.push_back(absl::AsciiStrToLower(type->value(i)->name().substr(prefix.size())));
  }
  return error::InvalidField(flag, "WORD_UNKNOWN",
                             absl::StrCat("One of these is required: ", absl::StrJoin(known, ", "), "."));
}

absl::Status FillMessage(const FieldDescriptor* field, const std::string& flag,
                         const std::string& word, Message* message) {
  const std::string type = field->message_type()->full_name();
  if (type == "google.protobuf.Timestamp") {
    REPRISE_ASSIGN_OR_RETURN(const auto time, InstantOf(word, flag));
    message->CopyFrom(time);
    return absl::OkStatus();
  }
  absl::CivilDay day;
  if (type != "google.type.Date" || word.size() != 10 || !absl::ParseCivilTime(word, &day)) {
    return error::InvalidField(flag, "DATE_INVALID", "A day such as 2026-02-01 is required.");
  }
  google::type::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  message->CopyFrom(date);
  return absl::OkStatus();
}

absl::Status FillMap(const FieldDescriptor* field, const std::string& flag, const std::string& word,
                     Message* request) {
  const std::vector<std::string> pair = absl::StrSplit(word, absl::MaxSplits('=', 1));
  if (pair.size() != 2 || pair[0].empty()) {
    return error::InvalidField(flag, "PAIR_MALFORMED", "NAME=VALUE is required.");
  }
  Message* const entry = request->GetReflection()->AddMessage(request, field);
  entry->GetReflection()->SetString(entry, entry->GetDescriptor()->field(0), pair[0]);
  entry->GetReflection()->SetString(entry, entry->GetDescriptor()->field(1), pair[1]);
  return absl::OkStatus();
}

absl::Status FillNumber(const FieldDescriptor* field, const std::string& flag,
                        const std::string& word, Message* request) {
  int32_t number = 0;
  if (!absl::SimpleAtoi(word, &number)) {
    return error::InvalidField(flag, "NUMBER_MALFORMED", "A whole number is required.");
  }
  request->GetReflection()->SetInt32(request, field, number);
  return absl::OkStatus();
}

absl::Status FillValue(const FieldDescriptor* field, const std::string& flag,
                       const std::string& word, Message* request) {
  const auto* const fields = request->GetReflection();
  if (field->is_map()) return FillMap(field, flag, word, request);
  if (field->is_repeated()) {
    for (const absl::string_view part : absl::StrSplit(word, ',', absl::SkipEmpty())) {
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM) {
        fields->AddString(request, field, std::string(part));
        continue;
      }
      REPRISE_ASSIGN_OR_RETURN(const auto* const value, EnumValue(field, flag, std::string(part)));
      fields->AddEnum(request, field, value);
    }
    return absl::OkStatus();
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FillMessage(field, flag, word, fields->MutableMessage(request, field));
    case FieldDescriptor::CPPTYPE_ENUM: {
      REPRISE_ASSIGN_OR_RETURN(const auto* const value, EnumValue(field, flag, word));
      fields->SetEnum(request, field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      fields->SetBool(request, field, word == "true");
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_INT32:
      return FillNumber(field, flag, word, request);
    default:
      fields->SetString(request, field, word);
      return absl::OkStatus();
  }
}

absl::Status FillFile(const FieldDescriptor* field, const std::string& flag,
                      const std::string& path, Message* request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  Message* const message = request->GetReflection()->MutableMessage(request, field);
  const auto parsed = google::protobuf::util::JsonStringToMessage(text, message);
  if (parsed.ok()) return absl::OkStatus();
  // Not the parser's words, which quote the text.
  return error::InvalidField(flag, "JSON_MALFORMED",
                             absl::StrCat("The file does not hold the JSON of a ",
                                          field->message_type()->name(), "."));
}

void SetText(Message* request, const char* name, const std::string& text) {
  const FieldDescriptor* const field = request->GetDescriptor()->FindFieldByName(name);
  if (field != nullptr) request->GetReflection()->SetString(request, field, text);
}

// The study that the words name, or "" where they leave it out.
std::string StudyWord(const Words& words) {
  for (const char* const flag : {"--study", "study"}) {
    const auto at = words.find(flag);
    if (at != words.end() && !at->second.empty()) return at->second.front();
  }
  return "";
}

absl::Status FillNamed(Caller& caller, const Argument& argument, const Words& words,
                       const std::string& word, Message* request) {
  Codes codes(caller);
  const FieldDescriptor* const field = request->GetDescriptor()->FindFieldByName(argument.field);
  switch (argument.names) {
    case Names::kStudy: {
      REPRISE_ASSIGN_OR_RETURN(const std::string study, codes.Study(word));
      SetText(request, argument.field, study);
      return absl::OkStatus();
    }
    case Names::kSite: {
      REPRISE_ASSIGN_OR_RETURN(const study::v1::Site site, codes.Site(word, StudyWord(words)));
      SetText(request, "study_id", site.study_id());
      SetText(request, argument.field, site.site_id());
      return absl::OkStatus();
    }
    case Names::kParticipant: {
      REPRISE_ASSIGN_OR_RETURN(const std::string id, codes.Participant(word, StudyWord(words)));
      SetText(request, argument.field, id);
      return absl::OkStatus();
    }
    case Names::kUser: {
      REPRISE_ASSIGN_OR_RETURN(const std::string id, codes.UserId(word));
      SetText(request, argument.field, id);
      return absl::OkStatus();
    }
    case Names::kFile:
      return FillFile(field, argument.flag, word, request);
    case Names::kValue:
      return FillValue(field, argument.flag, word, request);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FillRequest(Caller& caller, const FieldVerb& verb, const Words& words,
                         Message* request) {
  for (const Argument& argument : verb.arguments) {
    const auto at = words.find(argument.flag);
    if (at == words.end()) continue;
    for (const std::string& word : at->second) {
      REPRISE_RETURN_IF_ERROR(FillNamed(caller, argument, words, word, request));
    }
  }
  const FieldDescriptor* const study = request->GetDescriptor()->FindFieldByName("study_id");
  if (study == nullptr || !request->GetReflection()->GetString(*request, study).empty()) {
    return absl::OkStatus();
  }
  REPRISE_ASSIGN_OR_RETURN(const std::string id, Codes(caller).Study(StudyWord(words)));
  SetText(request, "study_id", id);
  return absl::OkStatus();
}

}  // namespace reprise::cli
