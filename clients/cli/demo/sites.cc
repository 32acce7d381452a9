// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/sites.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "services/platform/status.h"

namespace reprise::cli::demo {

std::string WithMoreSites(study::v1::StudyDocument content, int sites) {
  std::string opens;
  for (const auto& site : content.sites()) opens = std::max(opens, site.opens_on());
  content.set_label(absl::StrCat(content.label(), "-", sites, "-sites"));
  while (content.sites_size() < sites) {
    const int number = content.sites_size() + 1;
    auto& site = *content.add_sites();
    site.set_code(absl::StrFormat("S%02d", number));
    site.set_name(absl::StrCat("Centre ", number));
    site.set_opens_on(opens);
  }
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string text;
  REPRISE_CHECK(google::protobuf::util::MessageToJsonString(content, &text, options).ok());
  // protobuf quotes whole numbers of 64 bits; the document has them plain.
  nlohmann::ordered_json document = nlohmann::ordered_json::parse(text);
  for (auto& source : document["funding"]) {
    int64_t amount = 0;
    REPRISE_CHECK(absl::SimpleAtoi(source.value("amount_eur", "0"), &amount));
    source["amount_eur"] = amount;
  }
  return document.dump();
}

}  // namespace reprise::cli::demo
