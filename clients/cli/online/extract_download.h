// SPDX-License-Identifier: Apache-2.0
// The files of an approved extract, into a folder that did not exist.
#ifndef REPRISE_CLI_ONLINE_EXTRACT_DOWNLOAD_H_
#define REPRISE_CLI_ONLINE_EXTRACT_DOWNLOAD_H_

#include <string>

#include "absl/status/status.h"

#include "clients/cli/online/connection.h"

namespace reprise::cli {

// ALREADY_EXISTS FOLDER_EXISTS; PERMISSION_DENIED FILE_UNWRITABLE; INTERNAL FILE_NAME_REFUSED; and the
// server's. The folder is there only when it is whole.
absl::Status DownloadExtract(ServerConnection& server, const std::string& extract_id,
                             const std::string& into);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_EXTRACT_DOWNLOAD_H_
