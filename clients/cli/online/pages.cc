// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/caller.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr const char* kNextToken = "next_page_token";

std::string TextOf(const Message& message, const char* name) {
  const FieldDescriptor* const field = message.GetDescriptor()->FindFieldByName(name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

// Cuts the one repeated field of a list to `limit` rows; true where there were more.
bool Cut(Message& message, int limit) {
  const auto* const reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = message.GetDescriptor()->field(i);
    if (!field->is_repeated()) continue;
    bool cut = false;
    for (; reflection->FieldSize(message, field) > limit; cut = true) {
      reflection->RemoveLast(&message, field);
    }
    return cut;
  }
  return false;
}

int RowsOf(const Message& message) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = message.GetDescriptor()->field(i);
    if (field->is_repeated()) return message.GetReflection()->FieldSize(message, field);
  }
  return 0;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Message>> ListPages(Caller& caller, const std::string& method,
                                                   const Message& request, int limit, bool* more) {
  const std::unique_ptr<Message> page_request(request.New());
  page_request->CopyFrom(request);
  REPRISE_ASSIGN_OR_RETURN(std::unique_ptr<Message> all, caller.CallNamed(method, *page_request));
  std::string token = TextOf(*all, kNextToken);
  while (!token.empty() && (limit == 0 || RowsOf(*all) < limit)) {
    const FieldDescriptor* const field =
        page_request->GetDescriptor()->FindFieldByName("page_token");
    REPRISE_CHECK(field != nullptr);
    page_request->GetReflection()->SetString(page_request.get(), field, token);
    REPRISE_ASSIGN_OR_RETURN(const std::unique_ptr<Message> page,
                             caller.CallNamed(method, *page_request));
    const std::string next = TextOf(*page, kNextToken);
    if (next == token) {
      return error::Make(absl::StatusCode::kInternal, "PAGES_ENDLESS",
                         "The server gives the same page again and again.");
    }
    all->MergeFrom(*page);
    token = next;
  }
  bool left = !token.empty();
  if (limit > 0 && Cut(*all, limit)) left = true;
  if (more != nullptr) *more = left;
  if (const FieldDescriptor* const field = all->GetDescriptor()->FindFieldByName(kNextToken)) {
    all->GetReflection()->ClearField(all.get(), field);
  }
  return all;
}

}  // namespace reprise::cli
