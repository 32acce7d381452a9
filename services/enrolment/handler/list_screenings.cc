// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "services/enrolment/convert.h"
#include "services/enrolment/domain/errors.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/screening_store.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

// "<site_id>/<number>" of the last screening of a page.
absl::Status ReadKey(const std::string& key, ScreeningsAsked& asked) {
  if (key.empty()) return absl::OkStatus();
  const size_t slash = key.find('/');
  const auto site = ParseUuid(key.substr(0, slash), "page_token");
  if (slash == std::string::npos || !site.ok() ||
      !absl::SimpleAtoi(key.substr(slash + 1), &asked.after_number)) {
    return error::InvalidField("page_token", "PAGE_TOKEN_INVALID", "The token is none of this list.");
  }
  asked.after_site_id = *site;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListScreeningsResponse> Handlers::ListScreenings(
    const Call& call, const v1::ListScreeningsRequest& request) {
  if (request.stage().empty()) return FieldRequired("stage");
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 100, 1000));
  REPRISE_ASSIGN_OR_RETURN(const std::string key, rpc::PageKey(request.page_token()));
  ScreeningsAsked asked{.study_id = request.study_id(),
                        .site_id = request.site_id(),
                        .stage = request.stage(),
                        .after_site_id = {},
                        .limit = size + 1};
  REPRISE_RETURN_IF_ERROR(ReadKey(key, asked));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListScreeningsResponse> {
    REPRISE_ASSIGN_OR_RETURN(std::vector<Screening> screenings, enrolment::ListScreenings(tx, asked));
    v1::ListScreeningsResponse response;
    if (screenings.size() > static_cast<size_t>(size)) {
      screenings.pop_back();
      response.set_next_page_token(
          rpc::PageToken(absl::StrCat(screenings.back().site_id, "/", screenings.back().number)));
    }
    for (const Screening& screening : screenings) *response.add_screenings() = ToProto(screening);
    return response;
  });
}

}  // namespace reprise::enrolment
