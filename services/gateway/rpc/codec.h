// SPDX-License-Identifier: Apache-2.0
// Methods by path and messages between JSON and binary, from the descriptors that are linked in.
#ifndef REPRISE_GATEWAY_RPC_CODEC_H_
#define REPRISE_GATEWAY_RPC_CODEC_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace reprise::gateway {

// The method of "/package.Service/Method"; null where there is none.
const google::protobuf::MethodDescriptor* FindMethod(absl::string_view path);

// Binary form of the JSON `text`; an empty text is an empty message. Unknown fields are refused.
//   INVALID_ARGUMENT JSON_MALFORMED, with the field where the parser knows it
absl::StatusOr<std::string> BinaryOf(const google::protobuf::Descriptor& type,
                                     absl::string_view text);

// INTERNAL MESSAGE_MALFORMED where the bytes are not a `type`.
absl::StatusOr<std::string> JsonOf(const google::protobuf::Descriptor& type,
                                   const std::string& binary);

// A message of a linked-in type, read from `binary`. INTERNAL MESSAGE_MALFORMED
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Parse(
    const google::protobuf::Descriptor& type, const std::string& binary);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_RPC_CODEC_H_
