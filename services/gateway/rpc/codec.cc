// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/rpc/codec.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/platform/error/error.h"
#include "services/platform/text/utf8.h"
#include "services/platform/status.h"

namespace reprise::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

std::unique_ptr<Message> NewMessage(const Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

absl::Status Malformed(const Descriptor& type) {
  return error::Make(absl::StatusCode::kInternal, "MESSAGE_MALFORMED",
                     absl::StrCat("The answer is not a ", type.full_name(), "."));
}

// The parser's sentence may repeat a value; its beginning, "(answers[0].value): ...", is a path.
std::string FieldIn(absl::string_view sentence) {
  const size_t begin = sentence.find('(');
  const size_t end = sentence.find("):");
  if (begin == absl::string_view::npos || end == absl::string_view::npos || end < begin) return "";
  const absl::string_view path = sentence.substr(begin + 1, end - begin - 1);
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '[' ||
           c == ']';
  });
  return plain ? std::string(path) : "";
}

}  // namespace

const google::protobuf::MethodDescriptor* FindMethod(absl::string_view path) {
  const std::vector<std::string> parts = absl::StrSplit(path, '/');
  if (parts.size() != 3 || !parts[0].empty()) return nullptr;
  const auto* const service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(parts[1]);
  return service == nullptr ? nullptr : service->FindMethodByName(parts[2]);
}

absl::StatusOr<std::string> BinaryOf(const Descriptor& type, absl::string_view text) {
  if (absl::StripAsciiWhitespace(text).empty()) return std::string();
  const std::unique_ptr<Message> message = NewMessage(type);
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = false;
  // JSON is UTF-8; what is not must not get into a message.
  const bool sound = text::Utf8Prefix(text) == text.size();
  const auto parsed =
      sound ? google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, message.get(), options)
            : google::protobuf::util::Status();
  if (sound && parsed.ok()) return message->SerializeAsString();
  const std::string field =
      sound ? FieldIn({parsed.message().data(), static_cast<size_t>(parsed.message().size())}) : "";
  return error::InvalidField(field.empty() ? "body" : field, "JSON_MALFORMED",
                             absl::StrCat("The body is not the JSON form of ", type.full_name(), "."));
}

absl::StatusOr<std::unique_ptr<Message>> Parse(const Descriptor& type, const std::string& binary) {
  std::unique_ptr<Message> message = NewMessage(type);
  if (!message->ParseFromString(binary)) return Malformed(type);
  return message;
}

absl::StatusOr<std::string> JsonOf(const Descriptor& type, const std::string& binary) {
  REPRISE_ASSIGN_OR_RETURN(const std::unique_ptr<Message> message, Parse(type, binary));
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(*message, &text).ok()) return Malformed(type);
  return text;
}

}  // namespace reprise::gateway
