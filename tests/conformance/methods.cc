// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/methods.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "reprise/access/v1/access_service.pb.h"
#include "reprise/cohort/v1/cohort_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/extract/v1/extract_service.pb.h"
#include "reprise/phase/v1/phase_service.pb.h"
#include "reprise/quality/v1/quality_service.pb.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

namespace reprise::conformance {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;

// The one list that a new service is added to.
std::vector<const FileDescriptor*> Files() {
  return {access::v1::LoginRequest::descriptor()->file(),
          study::v1::CreateStudyRequest::descriptor()->file(),
          enrolment::v1::ScreenCandidateRequest::descriptor()->file(),
          phase::v1::GetCourseRequest::descriptor()->file(),
          questionnaire::v1::SubmitResponseRequest::descriptor()->file(),
          cohort::v1::CountFlowRequest::descriptor()->file(),
          extract::v1::RequestExtractRequest::descriptor()->file(),
          quality::v1::GetTreeHeadRequest::descriptor()->file()};
}

}  // namespace

std::unique_ptr<Message> Method::NewRequest() const {
  return std::unique_ptr<Message>(google::protobuf::MessageFactory::generated_factory()
                                      ->GetPrototype(descriptor->input_type())
                                      ->New());
}

bool Method::Writes() const {
  return descriptor->input_type()->FindFieldByName("request_id") != nullptr;
}

std::vector<Method> AllMethods() {
  std::vector<Method> methods;
  for (const FileDescriptor* const file : Files()) {
    for (int s = 0; s < file->service_count(); ++s) {
      const auto* const service = file->service(s);
      const std::string package = file->package();  // reprise.study.v1
      for (int m = 0; m < service->method_count(); ++m) {
        const auto* const method = service->method(m);
        methods.push_back({.name = absl::StrCat(service->full_name(), "/", method->name()),
                           .service = package.substr(8, package.rfind('.') - 8),
                           .descriptor = method,
                           .access = method->options().GetExtension(platform::v1::access)});
      }
    }
  }
  return methods;
}

std::vector<std::string> AllServices() {
  std::vector<std::string> services;
  for (const Method& method : AllMethods()) {
    if (services.empty() || services.back() != method.service) services.push_back(method.service);
  }
  return services;
}

bool IsId(const FieldDescriptor& field) {
  return absl::EndsWith(field.name(), "_id") && field.name() != "instrument_id";
}

void SetTexts(Message& message, const Choose& choose) {
  const auto* const reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = message.GetDescriptor()->field(i);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Message* const nested = field->is_repeated() ? reflection->AddMessage(&message, field)
                                                   : reflection->MutableMessage(&message, field);
      SetTexts(*nested, choose);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && !field->is_repeated()) {
      if (const std::string* const text = choose(*field)) reflection->SetString(&message, field, *text);
    }
  }
}

const FieldDescriptor* ScopeField(const Method& method, platform::v1::ScopeField scope) {
  const auto* const input = method.descriptor->input_type();
  for (int i = 0; i < input->field_count(); ++i) {
    if (input->field(i)->options().GetExtension(platform::v1::scope) == scope) return input->field(i);
  }
  return nullptr;
}

}  // namespace reprise::conformance
