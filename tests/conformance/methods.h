// SPDX-License-Identifier: Apache-2.0
// All methods of all services, read from the descriptors that are linked in, and requests for them.
#ifndef REPRISE_TESTS_CONFORMANCE_METHODS_H_
#define REPRISE_TESTS_CONFORMANCE_METHODS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "reprise/platform/v1/options.pb.h"

namespace reprise::conformance {

struct Method {
  std::string name;     // "reprise.study.v1.StudyService/CreateStudy"
  std::string service;  // "study"
  const google::protobuf::MethodDescriptor* descriptor;
  platform::v1::AccessRule access;

  std::unique_ptr<google::protobuf::Message> NewRequest() const;
  bool Writes() const;  // its request has a request_id
};

// In the order of the protos.
std::vector<Method> AllMethods();
// "access", "study", ...
std::vector<std::string> AllServices();

// Sets every text of the message, nested ones as well, for which `choose` returns one.
using Choose = std::function<const std::string*(const google::protobuf::FieldDescriptor&)>;
void SetTexts(google::protobuf::Message& message, const Choose& choose);
// Whether the field is an id by its name.
bool IsId(const google::protobuf::FieldDescriptor& field);
// The first field of the request with this scope, or null.
const google::protobuf::FieldDescriptor* ScopeField(const Method& method, platform::v1::ScopeField scope);

}  // namespace reprise::conformance

#endif  // REPRISE_TESTS_CONFORMANCE_METHODS_H_
