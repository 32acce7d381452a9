// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/rules.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "reprise/platform/v1/options.pb.h"

#include "services/platform/error/error.h"
#include "services/platform/id/id.h"
#include "services/platform/status.h"

namespace reprise::rpc {
namespace {

namespace v1 = ::reprise::platform::v1;
using google::protobuf::FieldDescriptor;

absl::Status Missing(const std::string& method, absl::string_view why) {
  return error::Make(absl::StatusCode::kFailedPrecondition, "ACCESS_RULE_MISSING",
                     absl::StrCat("The method ", method, " ", why, "."), {{"method", method}});
}

absl::StatusOr<MethodRule> RuleOf(const google::protobuf::MethodDescriptor& descriptor) {
  MethodRule rule;
  rule.method = absl::StrCat(descriptor.service()->full_name(), "/", descriptor.name());
  if (!descriptor.options().HasExtension(v1::access)) return Missing(rule.method, "has no access rule");
  const v1::AccessRule& access = descriptor.options().GetExtension(v1::access);
  if ((access.permission().empty() ? 0 : 1) + access.anyone() + access.any_user() != 1) {
    return Missing(rule.method, "must state exactly one of permission, anyone and any_user");
  }
  rule.permission = access.permission();
  rule.anyone = access.anyone();
  rule.any_user = access.any_user();
  rule.long_lasting = descriptor.server_streaming() || descriptor.options().GetExtension(v1::takes_long);
  const auto* const input = descriptor.input_type();
  for (int i = 0; i < input->field_count(); ++i) {
    const FieldDescriptor* const field = input->field(i);
    if (field->name() == "request_id") rule.request_id = field;
    if (field->options().GetExtension(v1::scope) == v1::SCOPE_FIELD_STUDY) rule.study = field;
    if (field->options().GetExtension(v1::scope) == v1::SCOPE_FIELD_SITE) rule.site = field;
  }
  return rule;
}

std::string TextOf(const google::protobuf::Message& request, const FieldDescriptor* field) {
  return field == nullptr ? "" : request.GetReflection()->GetString(request, field);
}

// Delegations hold ids in lower case; a caller may write capitals.
std::string IdOf(const google::protobuf::Message& request, const FieldDescriptor* field) {
  return absl::AsciiStrToLower(TextOf(request, field));
}

// `place` is "<study>/<site>" or "<study>/*". A read that names no site sees what it may of the study; a
// write that names none is about the whole study.
bool Covers(absl::string_view place, absl::string_view study, absl::string_view site, bool writes) {
  const size_t slash = place.find('/');
  const absl::string_view place_study = place.substr(0, slash);
  const absl::string_view place_site = place.substr(slash + 1);
  if (!study.empty() && place_study != study) return false;
  // A site alone is looked up by row level security when the place is a whole study.
  return place_site == "*" || (site.empty() ? !writes : place_site == site);
}

}  // namespace

absl::StatusOr<Rules> Rules::Load(const std::vector<std::string>& services) {
  Rules rules;
  const auto* const pool = google::protobuf::DescriptorPool::generated_pool();
  for (const std::string& name : services) {
    const auto* const service = pool->FindServiceByName(name);
    REPRISE_CHECK(service != nullptr);
    for (int i = 0; i < service->method_count(); ++i) {
      REPRISE_ASSIGN_OR_RETURN(MethodRule rule, RuleOf(*service->method(i)));
      auto owned = std::make_unique<MethodRule>(std::move(rule));
      rules.all_.push_back(owned.get());
      rules.rules_.emplace(owned->method, std::move(owned));
    }
  }
  return rules;
}

const MethodRule& Rules::Of(absl::string_view method) const {
  const auto at = rules_.find(std::string(method));
  REPRISE_CHECK(at != rules_.end());
  return *at->second;
}

absl::Status CheckForm(const MethodRule& rule, const google::protobuf::Message& request) {
  std::vector<error::Violation> violations;
  for (const FieldDescriptor* const field : {rule.request_id, rule.study, rule.site}) {
    if (field == nullptr) continue;
    const std::string text = TextOf(request, field);
    if (text.empty()) {
      if (field->has_presence()) continue;
      violations.push_back({field->name(), "FIELD_REQUIRED", "A UUID is required."});
    } else if (const auto uuid = ParseUuid(text, field->name()); !uuid.ok()) {
      violations.push_back(error::DetailOf(uuid.status()).violations[0]);
    }
  }
  if (violations.empty()) return absl::OkStatus();
  return error::Invalid("REQUEST_INVALID", "The request is not well formed.", violations);
}

absl::Status CheckScope(const MethodRule& rule, const google::protobuf::Message& request,
                        const Scope& scope) {
  const std::string study = IdOf(request, rule.study);
  const std::string site = IdOf(request, rule.site);
  if (scope.everywhere || (study.empty() && site.empty()) || !scope.own_participant_id.empty()) {
    return absl::OkStatus();
  }
  for (const auto* places : {&scope.places, &scope.assigned_places}) {
    for (const std::string& place : *places) {
      if (Covers(place, study, site, rule.request_id != nullptr)) return absl::OkStatus();
    }
  }
  const FieldDescriptor* const named = site.empty() ? rule.study : rule.site;
  return error::Make(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE",
                     "The caller's delegations do not reach this study or site.",
                     {{"field", named->name()}, {"permission", rule.permission}});
}

}  // namespace reprise::rpc
