// SPDX-License-Identifier: Apache-2.0
// The envelopes of Connect streams and gRPC-Web (one byte of flags, four of length, payload), the
// protocol that a content type names, and the callers' ways to state a deadline. Pure.
#ifndef REPRISE_GATEWAY_RPC_FRAMING_H_
#define REPRISE_GATEWAY_RPC_FRAMING_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace reprise::gateway {

enum class Wire { kConnectUnary, kConnectStream, kGrpcWeb, kGrpcWebText };

struct Protocol {
  Wire wire;
  bool json;  // else binary protobuf
};

// Of "application/connect+json; charset=utf-8"; nothing for other types.
std::optional<Protocol> ProtocolOf(absl::string_view content_type);
// The content type of the answer.
std::string ContentTypeOf(const Protocol& protocol);

inline constexpr uint8_t kCompressedFlag = 0x01;
inline constexpr uint8_t kConnectEndFlag = 0x02;
inline constexpr uint8_t kGrpcWebTrailersFlag = 0x80;

std::string Envelope(uint8_t flags, absl::string_view payload);

// The payload of a body that is exactly one envelope without flags.
//   INVALID_ARGUMENT ENVELOPE_MALFORMED; UNIMPLEMENTED COMPRESSION_UNSUPPORTED
absl::StatusOr<std::string> SoleEnvelope(absl::string_view body);

// The bytes of one or several base64 texts in a row, as grpc-web-text sends them.
//   INVALID_ARGUMENT ENVELOPE_MALFORMED
absl::StatusOr<std::string> DecodeWebText(absl::string_view body);

// Connect-Timeout-Ms (at most ten digits) and grpc-timeout ("250m"); InfiniteDuration for an empty
// text. INVALID_ARGUMENT TIMEOUT_MALFORMED
absl::StatusOr<absl::Duration> ConnectTimeout(absl::string_view text);
absl::StatusOr<absl::Duration> GrpcTimeout(absl::string_view text);

// As grpc-message wants it: printable ASCII, the rest percent-encoded.
std::string PercentEncode(absl::string_view text);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_RPC_FRAMING_H_
