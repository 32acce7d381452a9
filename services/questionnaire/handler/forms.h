// SPDX-License-Identifier: Apache-2.0
// Published instruments ready to judge answers, kept in memory because they never change.
#ifndef REPRISE_QUESTIONNAIRE_HANDLER_FORMS_H_
#define REPRISE_QUESTIONNAIRE_HANDLER_FORMS_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"

#include "services/platform/db/database.h"
#include "services/questionnaire/domain/response/response.h"

namespace reprise::questionnaire {

// Thread-safe.
class Forms {
 public:
  // NOT_FOUND INSTRUMENT_VERSION_NOT_FOUND.
  absl::StatusOr<std::shared_ptr<const Form>> Get(db::Tx& tx, const std::string& version_id);

 private:
  std::mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const Form>> forms_;
};

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_HANDLER_FORMS_H_
