// SPDX-License-Identifier: Apache-2.0
// A status as the callers' protocols write it, its details (reason, field paths) included.
#ifndef REPRISE_GATEWAY_RPC_WIRE_ERROR_H_
#define REPRISE_GATEWAY_RPC_WIRE_ERROR_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::gateway {

// As Connect names and answers it: "invalid_argument", 400.
absl::string_view ConnectCode(absl::StatusCode code);
int HttpStatus(absl::StatusCode code);

// {"code":"invalid_argument","message":"...","details":[{"type":"google.rpc.ErrorInfo",
//  "value":"<base64>","debug":{...}}]}
std::string ConnectError(const absl::Status& status);
// {} or {"error":{...}}, the last envelope of a stream.
std::string ConnectEnd(const absl::Status& status);
// "grpc-status: 3\r\ngrpc-message: ...\r\n", the payload of the trailers' envelope.
std::string GrpcWebTrailers(const absl::Status& status);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_RPC_WIRE_ERROR_H_
