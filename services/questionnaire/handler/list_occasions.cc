// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/platform/convert/wire_time.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/schedule_store.h"

namespace reprise::questionnaire {
namespace {

std::string TokenAfter(const Occasion& occasion) {
  const std::string day = occasion.window.has_value() ? FormatDate(occasion.window->target_date) : "infinity";
  return rpc::PageToken(absl::StrCat(occasion.participant_id, "|", day, "|", occasion.position));
}

absl::StatusOr<OccasionKey> ReadKey(const std::string& token) {
  REPRISE_ASSIGN_OR_RETURN(const std::string text, rpc::PageKey(token));
  if (text.empty()) return OccasionKey{};
  const std::vector<std::string> parts = absl::StrSplit(text, '|');
  OccasionKey key;
  if (parts.size() != 3 || !ParseUuid(parts[0], "page_token").ok() ||
      (parts[1] != "infinity" && !ParseDate(parts[1], "page_token").ok()) ||
      !absl::SimpleAtoi(parts[2], &key.position)) {
    return error::InvalidField("page_token", "PAGE_TOKEN_INVALID", "This is no token of a page.");
  }
  key.participant_id = parts[0];
  key.target_date = parts[1];
  return key;
}

absl::StatusOr<OccasionFilter> ReadFilter(const v1::ListOccasionsRequest& request) {
  OccasionFilter filter{.study_id = request.study_id(), .site_id = {}, .from_date = {}, .until_date = {}};
  if (request.has_site_id()) filter.site_id = request.site_id();
  if (request.has_from_date()) {
    REPRISE_ASSIGN_OR_RETURN(filter.from_date, convert::FromProto(request.from_date(), "from_date"));
  }
  if (request.has_until_date()) {
    REPRISE_ASSIGN_OR_RETURN(filter.until_date, convert::FromProto(request.until_date(), "until_date"));
  }
  return filter;
}

}  // namespace

absl::StatusOr<v1::ListOccasionsResponse> Handlers::ListOccasions(
    const Call& call, const v1::ListOccasionsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const OccasionFilter filter, ReadFilter(request));
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 1000, 10000));
  REPRISE_ASSIGN_OR_RETURN(const OccasionKey after, ReadKey(request.page_token()));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListOccasionsResponse> {
    REPRISE_ASSIGN_OR_RETURN(std::vector<Occasion> occasions,
                             questionnaire::ListOccasions(tx, filter, after, size + 1));
    REPRISE_ASSIGN_OR_RETURN(const TimepointTitles timepoints, LoadTimepoints(tx, filter.study_id));
    v1::ListOccasionsResponse page;
    if (occasions.size() > static_cast<size_t>(size)) {
      occasions.pop_back();
      page.set_next_page_token(TokenAfter(occasions.back()));
    }
    for (const Occasion& occasion : occasions) {
      REPRISE_ASSIGN_OR_RETURN(*page.add_occasions(), Shown(tx, occasion, timepoints));
    }
    return page;
  });
}

}  // namespace reprise::questionnaire
