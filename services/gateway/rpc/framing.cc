// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/rpc/framing.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "services/platform/error/error.h"

namespace reprise::gateway {
namespace {

struct Type {
  const char* name;
  Protocol protocol;
};

constexpr Type kTypes[] = {
    {"application/json", {Wire::kConnectUnary, true}},
    {"application/proto", {Wire::kConnectUnary, false}},
    {"application/connect+json", {Wire::kConnectStream, true}},
    {"application/connect+proto", {Wire::kConnectStream, false}},
    {"application/grpc-web", {Wire::kGrpcWeb, false}},
    {"application/grpc-web+proto", {Wire::kGrpcWeb, false}},
    {"application/grpc-web+json", {Wire::kGrpcWeb, true}},
    {"application/grpc-web-text", {Wire::kGrpcWebText, false}},
    {"application/grpc-web-text+proto", {Wire::kGrpcWebText, false}},
};

absl::Status Malformed(absl::string_view why) {
  return error::InvalidField("body", "ENVELOPE_MALFORMED", why);
}

// `text` without its digits' limit: a number of `unit`.
absl::StatusOr<absl::Duration> Timeout(absl::string_view digits, size_t most, absl::Duration unit) {
  int64_t count = 0;
  const bool sound = !digits.empty() && digits.size() <= most &&
                     std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit);
  if (!sound || !absl::SimpleAtoi(digits, &count)) {
    return error::InvalidField("timeout", "TIMEOUT_MALFORMED", "The timeout header is not a number.");
  }
  return count * unit;
}

}  // namespace

std::optional<Protocol> ProtocolOf(absl::string_view content_type) {
  const absl::string_view name =
      absl::StripAsciiWhitespace(content_type.substr(0, content_type.find(';')));
  for (const Type& type : kTypes) {
    if (absl::EqualsIgnoreCase(name, type.name)) return type.protocol;
  }
  return std::nullopt;
}

std::string ContentTypeOf(const Protocol& protocol) {
  for (const Type& type : kTypes) {
    // Of several names the one with the encoding in it.
    if (type.protocol.wire == protocol.wire && type.protocol.json == protocol.json &&
        !absl::EndsWith(type.name, "web") && !absl::EndsWith(type.name, "text")) {
      return type.name;
    }
  }
  return "application/octet-stream";
}

std::string Envelope(uint8_t flags, absl::string_view payload) {
  const uint32_t size = static_cast<uint32_t>(payload.size());
  std::string framed;
  framed.reserve(5 + payload.size());
  framed.push_back(static_cast<char>(flags));
  for (int shift = 24; shift >= 0; shift -= 8) framed.push_back(static_cast<char>(size >> shift));
  framed.append(payload.data(), payload.size());
  return framed;
}

absl::StatusOr<std::string> SoleEnvelope(absl::string_view body) {
  if (body.size() < 5) return Malformed("The body is no envelope.");
  const uint8_t flags = static_cast<uint8_t>(body[0]);
  if (flags == kCompressedFlag) {
    return error::Make(absl::StatusCode::kUnimplemented, "COMPRESSION_UNSUPPORTED",
                       "Compressed messages are not supported.");
  }
  if (flags != 0) return Malformed("The envelope has flags that a request cannot have.");
  size_t size = 0;
  for (int i = 1; i <= 4; ++i) size = size << 8 | static_cast<uint8_t>(body[i]);
  if (size != body.size() - 5) return Malformed("The body is not exactly one envelope.");
  return std::string(body.substr(5));
}

absl::StatusOr<std::string> DecodeWebText(absl::string_view body) {
  std::string bytes;
  while (!body.empty()) {
    // Each text ends with its padding, or with the body.
    size_t end = body.find('=');
    if (end != absl::string_view::npos) end = body.find_first_not_of('=', end);
    std::string part;
    if (!absl::Base64Unescape(body.substr(0, end), &part)) return Malformed("The body is not base64.");
    bytes += part;
    body.remove_prefix(std::min(end, body.size()));
  }
  return bytes;
}

absl::StatusOr<absl::Duration> ConnectTimeout(absl::string_view text) {
  if (text.empty()) return absl::InfiniteDuration();
  return Timeout(text, 10, absl::Milliseconds(1));
}

absl::StatusOr<absl::Duration> GrpcTimeout(absl::string_view text) {
  if (text.empty()) return absl::InfiniteDuration();
  absl::Duration unit = absl::ZeroDuration();
  switch (text.back()) {
    case 'H': unit = absl::Hours(1); break;
    case 'M': unit = absl::Minutes(1); break;
    case 'S': unit = absl::Seconds(1); break;
    case 'm': unit = absl::Milliseconds(1); break;
    case 'u': unit = absl::Microseconds(1); break;
    case 'n': unit = absl::Nanoseconds(1); break;
    default: return Timeout("", 8, unit);
  }
  return Timeout(text.substr(0, text.size() - 1), 8, unit);
}

std::string PercentEncode(absl::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (c >= ' ' && c <= '~' && c != '%') {
      encoded += c;
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace reprise::gateway
