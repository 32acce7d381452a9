// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/event.h"

#include <sodium.h>

#include "absl/strings/str_cat.h"

#include "services/platform/audit/merkle.h"
#include "services/platform/status.h"

namespace reprise::audit {
namespace {

void AppendField(std::string& out, absl::string_view value) {
  absl::StrAppend(&out, value.size(), ":", value, ";");
}

void AppendField(std::string& out, const std::optional<int64_t>& value) {
  AppendField(out, value.has_value() ? absl::StrCat(*value) : std::string());
}

}  // namespace

std::string CanonicalBytes(const Event& event) {
  std::string out;
  out.reserve(512);
  AppendField(out, event.event_id);
  AppendField(out, absl::StrCat(absl::ToUnixMicros(event.event_time)));
  for (const std::string* field :
       {&event.actor_id, &event.actor_role, &event.method, &event.request_id, &event.action,
        &event.subject_type, &event.subject_id, &event.study_id, &event.site_id,
        &event.participant_id, &event.reason}) {
    AppendField(out, *field);
  }
  AppendField(out, event.old_version);
  AppendField(out, event.new_version);
  return out;
}

std::string EventCode(absl::string_view key, const Event& event) {
  REPRISE_CHECK(key.size() == 32);
  const std::string bytes = CanonicalBytes(event);
  std::string code(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(code.data()),
                         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         reinterpret_cast<const unsigned char*>(key.data()));
  return code;
}

std::string LeafHash(const Event& event) { return HashLeaf(CanonicalBytes(event)); }

}  // namespace reprise::audit
