// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/codes.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "reprise/access/v1/access_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "services/platform/error/error.h"
#include "services/platform/id/id.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

bool IsUuid(const std::string& text) { return ParseUuid(text, "").ok(); }

absl::Status NotFound(const std::string& reason, const std::string& message,
                      const std::string& what) {
  return error::Make(absl::StatusCode::kNotFound, reason, message, {{"code", what}});
}

absl::Status Ambiguous(const std::string& code) {
  return error::InvalidField("--study", "CODE_AMBIGUOUS",
                             absl::StrCat("Several studies have ", code, "; name the study."));
}

}  // namespace

absl::StatusOr<study::v1::ListStudiesResponse> Codes::Studies() {
  if (!studies_.has_value()) {
    REPRISE_ASSIGN_OR_RETURN(
        studies_, CallAs<study::v1::ListStudiesResponse>(caller_, "study/ListStudies",
                                                         study::v1::ListStudiesRequest()));
  }
  return *studies_;
}

absl::StatusOr<std::string> Codes::Study(const std::string& text) {
  if (IsUuid(text)) return text;
  REPRISE_ASSIGN_OR_RETURN(const auto studies, Studies());
  if (text.empty()) {
    if (studies.studies_size() == 1) return studies.studies(0).study().study_id();
    std::vector<std::string> codes;
    for (const auto& each : studies.studies()) codes.push_back(each.study().code());
    return error::InvalidField("--study", "STUDY_REQUIRED",
                               codes.empty()
                                   ? "You see no study; ask for a delegation."
                                   : absl::StrCat("One of ", absl::StrJoin(codes, ", "), "."));
  }
  for (const auto& each : studies.studies()) {
    if (each.study().code() == absl::AsciiStrToUpper(text)) return each.study().study_id();
  }
  return NotFound("STUDY_NOT_FOUND", "You see no study with this code.", text);
}

absl::StatusOr<study::v1::Site> Codes::Site(const std::string& text, const std::string& study) {
  REPRISE_ASSIGN_OR_RETURN(const auto studies, Studies());
  std::string study_id;
  if (!study.empty()) {
    REPRISE_ASSIGN_OR_RETURN(study_id, Study(study));
  }
  const study::v1::Site* found = nullptr;
  for (const auto& each : studies.studies()) {
    if (!study_id.empty() && each.study().study_id() != study_id) continue;
    for (const auto& site : each.sites()) {
      if (site.site_id() != text && site.code() != absl::AsciiStrToUpper(text)) continue;
      if (found != nullptr) return Ambiguous(text);
      found = &site;
    }
  }
  if (found == nullptr) return NotFound("SITE_NOT_FOUND", "You see no site with this code.", text);
  return *found;
}

absl::StatusOr<std::string> Codes::Participant(const std::string& text, const std::string& study) {
  if (IsUuid(text)) return text;
  std::vector<std::string> study_ids;
  if (!study.empty()) {
    REPRISE_ASSIGN_OR_RETURN(study_ids.emplace_back(), Study(study));
  } else {
    REPRISE_ASSIGN_OR_RETURN(const auto studies, Studies());
    for (const auto& each : studies.studies()) study_ids.push_back(each.study().study_id());
  }
  std::string found;
  for (const std::string& study_id : study_ids) {
    enrolment::v1::ListParticipantsRequest request;
    request.set_study_id(study_id);
    request.set_page_size(1000);
    REPRISE_ASSIGN_OR_RETURN(const auto list, ListAll<enrolment::v1::ListParticipantsResponse>(
                                                  caller_, "enrolment/ListParticipants", request));
    for (const auto& participant : list.participants()) {
      if (participant.code() != absl::AsciiStrToUpper(text)) continue;
      if (!found.empty()) return Ambiguous(text);
      found = participant.participant_id();
    }
  }
  if (found.empty()) {
    return NotFound("PARTICIPANT_NOT_FOUND", "You see no participant with this code.", text);
  }
  return found;
}

absl::StatusOr<access::v1::User> Codes::User(const std::string& text) {
  access::v1::ListUsersRequest request;
  request.set_page_size(200);
  REPRISE_ASSIGN_OR_RETURN(const auto list, ListAll<access::v1::ListUsersResponse>(
                                                caller_, "access/ListUsers", request));
  for (const auto& user : list.users()) {
    if (user.login_name() == text || user.user_id() == text) return user;
  }
  return NotFound("USER_NOT_FOUND", "You see no account with this name.", text);
}

absl::StatusOr<std::string> Codes::UserId(const std::string& login_name) {
  if (IsUuid(login_name)) return login_name;
  const absl::StatusOr<access::v1::User> user = User(login_name);
  if (user.ok()) return user->user_id();
  if (user.status().code() != absl::StatusCode::kPermissionDenied) return user.status();
  return error::Make(absl::StatusCode::kPermissionDenied, "USER_ID_REQUIRED",
                     "You may not list accounts, so a user must be given by id, which she reads in "
                     "`reprise user self`.",
                     {{"user", login_name}});
}

absl::StatusOr<std::string> Codes::InstrumentVersion(const std::string& text) {
  if (IsUuid(text)) return text;
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('@', 1));
  questionnaire::v1::ListInstrumentVersionsRequest request;
  request.set_instrument_id(parts.first);
  REPRISE_ASSIGN_OR_RETURN(const auto list,
                           CallAs<questionnaire::v1::ListInstrumentVersionsResponse>(
                               caller_, "questionnaire/ListInstrumentVersions", request));
  std::vector<std::string> versions;
  for (const auto& each : list.instrument_versions()) {
    if (each.version() == parts.second) return each.instrument_version_id();
    versions.push_back(absl::StrCat(each.instrument_id(), "@", each.version()));
  }
  if (parts.second.empty() && versions.size() == 1) {
    return list.instrument_versions(0).instrument_version_id();
  }
  if (parts.second.empty() && versions.size() > 1) {
    return error::InvalidField("instrument", "VERSION_REQUIRED",
                               absl::StrCat("One of ", absl::StrJoin(versions, ", "), "."));
  }
  return NotFound("INSTRUMENT_VERSION_NOT_FOUND",
                  versions.empty()
                      ? "No instrument with this name is published; see `reprise questionnaire "
                        "list`."
                      : absl::StrCat("Published are ", absl::StrJoin(versions, ", "), "."),
                  text);
}

absl::StatusOr<std::string> Codes::Instance(const std::string& text, const std::string& study) {
  if (IsUuid(text)) return text;
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  if (parts.size() != 3) {
    return error::InvalidField("instance", "INSTANCE_MALFORMED",
                               "A UUID, or PARTICIPANT/INSTRUMENT@VERSION/TIMEPOINT such as "
                               "LYO-0042/PHQ-9@1.0/baseline, is required.");
  }
  questionnaire::v1::ListInstancesRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_participant_id(), Participant(parts[0], study));
  REPRISE_ASSIGN_OR_RETURN(const std::string version_id, InstrumentVersion(parts[1]));
  REPRISE_ASSIGN_OR_RETURN(const auto list, CallAs<questionnaire::v1::ListInstancesResponse>(
                                                caller_, "questionnaire/ListInstances", request));
  for (const auto& instance : list.instances()) {
    if (instance.instrument_version_id() == version_id && instance.timepoint() == parts[2]) {
      return instance.instance_id();
    }
  }
  return NotFound("INSTANCE_NOT_FOUND",
                  "The questionnaire was not opened for this participant and occasion.", text);
}

}  // namespace reprise::cli
