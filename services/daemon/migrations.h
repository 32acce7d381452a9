// SPDX-License-Identifier: Apache-2.0
// The files of db/, built into the program.
#ifndef REPRISE_DAEMON_MIGRATIONS_H_
#define REPRISE_DAEMON_MIGRATIONS_H_

#include <string>
#include <vector>

#include "services/platform/db/migrate.h"

namespace reprise::daemon {

// In the order of application.
const std::vector<db::Migration>& Migrations();
const std::string& RolesSql();

}  // namespace reprise::daemon

#endif  // REPRISE_DAEMON_MIGRATIONS_H_
