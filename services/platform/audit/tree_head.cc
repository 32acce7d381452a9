// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/tree_head.h"

namespace reprise::audit {
namespace {

void AppendBigEndian(std::string& out, int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<uint64_t>(number) >> shift);
  }
}

}  // namespace

std::string SignedBytes(const TreeHeadParts& head) {
  std::string bytes = head.settled_seq.has_value() ? "reprise-audit-v2" : "reprise-audit-v1";
  AppendBigEndian(bytes, head.tree_size);
  AppendBigEndian(bytes, absl::ToUnixMicros(head.seal_time));
  if (head.settled_seq.has_value()) AppendBigEndian(bytes, *head.settled_seq);
  return bytes + head.root_hash;
}

}  // namespace reprise::audit
