// SPDX-License-Identifier: Apache-2.0
// The one account that nobody could have made: the first administrator, from the machine itself.
#ifndef REPRISE_ACCESS_BOOTSTRAP_H_
#define REPRISE_ACCESS_BOOTSTRAP_H_

#include <string>

#include "absl/status/status.h"

#include "services/platform/db/database.h"
#include "services/platform/time/clock.h"

namespace reprise::access {

// FAILED_PRECONDITION ADMINISTRATOR_EXISTS where an open account with a password holds the role now;
// ALREADY_EXISTS LOGIN_NAME_TAKEN; the reasons of CheckNewAccount.
absl::Status MakeFirstAdministrator(db::Database& database, Clock& clock, IdSource& ids,
                                    const std::string& login_name, const std::string& password);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_BOOTSTRAP_H_
