// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/phase/convert.h"
#include "services/phase/domain/course/errors.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/visit_list_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"

namespace reprise::phase {
namespace {

std::string TokenAfter(const ListedVisit& visit) {
  const VisitKey key = KeyOf(visit);
  return rpc::PageToken(absl::StrCat(key.position, "|", key.date, "|", key.visit_id, "|", key.participant_code));
}

absl::StatusOr<VisitKey> ReadKey(const std::string& token) {
  REPRISE_ASSIGN_OR_RETURN(const std::string text, rpc::PageKey(token));
  VisitKey key;
  if (text.empty()) return key;
  const std::vector<std::string> parts = absl::StrSplit(text, absl::MaxSplits('|', 3));
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[0], &key.position) ||
      (parts[1] != "infinity" && !ParseDate(parts[1], "page_token").ok()) ||
      !ParseUuid(parts[2], "page_token").ok()) {
    return error::InvalidField("page_token", "PAGE_TOKEN_INVALID", "This is no token of a page.");
  }
  key.date = parts[1];
  key.visit_id = parts[2];
  key.participant_code = parts[3];
  return key;
}

absl::StatusOr<VisitFilter> ReadFilter(const v1::ListVisitsRequest& request) {
  VisitFilter filter{.study_id = request.study_id(), .site_id = {}, .from = {}, .until = {}, .states = {}};
  if (request.has_site_id()) filter.site_id = request.site_id();
  if (request.has_from_date()) {
    REPRISE_ASSIGN_OR_RETURN(filter.from, convert::FromProto(request.from_date(), "from_date"));
  }
  if (request.has_until_date()) {
    REPRISE_ASSIGN_OR_RETURN(filter.until, convert::FromProto(request.until_date(), "until_date"));
  }
  for (int i = 0; i < request.states_size(); ++i) {
    const auto state = KindOfNumber<VisitState>(request.states(i));
    if (!state.has_value()) return StateInvalid(absl::StrCat("states[", i, "]"));
    filter.states.push_back(*state);
  }
  return filter;
}

absl::Status AddKinds(db::Tx& tx, const std::string& study_id, v1::ListVisitsResponse& page) {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<VisitName> names, ListVisitNames(tx, study_id));
  for (const VisitName& name : names) {
    v1::VisitKind& wire = *page.add_kinds();
    wire.set_visit(name.visit);
    wire.mutable_title()->insert(name.title.begin(), name.title.end());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListVisitsResponse> Handlers::ListVisits(const Call& call, const v1::ListVisitsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const VisitFilter filter, ReadFilter(request));
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 1000, 10000));
  REPRISE_ASSIGN_OR_RETURN(const VisitKey after, ReadKey(request.page_token()));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListVisitsResponse> {
    REPRISE_ASSIGN_OR_RETURN(std::vector<ListedVisit> visits, phase::ListVisits(tx, filter, after, size + 1));
    v1::ListVisitsResponse page;
    if (visits.size() > static_cast<size_t>(size)) {
      visits.pop_back();
      page.set_next_page_token(TokenAfter(visits.back()));
    }
    for (const ListedVisit& visit : visits) *page.add_visits() = ToProto(visit);
    if (request.page_token().empty()) REPRISE_RETURN_IF_ERROR(AddKinds(tx, filter.study_id, page));
    return page;
  });
}

}  // namespace reprise::phase
