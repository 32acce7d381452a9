// SPDX-License-Identifier: Apache-2.0
// What the protos say of each method, read once at the start: access rule, whether it may take long, the fields that name
// study and site, and whether the request carries a request_id.
#ifndef REPRISE_PLATFORM_RPC_RULES_H_
#define REPRISE_PLATFORM_RPC_RULES_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "services/platform/call.h"

namespace reprise::rpc {

struct MethodRule {
  std::string method;      // "package.Service/Method"
  std::string permission;  // empty where anyone or any_user
  bool anyone = false;
  bool any_user = false;
  bool long_lasting = false;  // its answer is a stream, or it takes long
  const google::protobuf::FieldDescriptor* request_id = nullptr;
  const google::protobuf::FieldDescriptor* study = nullptr;
  const google::protobuf::FieldDescriptor* site = nullptr;
};

class Rules {
 public:
  // Rules of all methods of the named services, which must be linked in.
  // FAILED_PRECONDITION ACCESS_RULE_MISSING names the first method without a sound rule.
  static absl::StatusOr<Rules> Load(const std::vector<std::string>& services);
  const MethodRule& Of(absl::string_view method) const;  // "package.Service/Method", must be loaded
  const std::vector<const MethodRule*>& all() const { return all_; }

 private:
  absl::flat_hash_map<std::string, std::unique_ptr<MethodRule>> rules_;
  std::vector<const MethodRule*> all_;
};

// The request_id is a UUID where the request has one (INVALID_ARGUMENT ID_MALFORMED), study and site
// fields without presence are set (FIELD_REQUIRED, ID_MALFORMED).
absl::Status CheckForm(const MethodRule& rule, const google::protobuf::Message& request);

// PERMISSION_DENIED OUT_OF_SCOPE where the request names a study or site in which the caller's scope
// does not hold.
absl::Status CheckScope(const MethodRule& rule, const google::protobuf::Message& request,
                        const Scope& scope);

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_RULES_H_
