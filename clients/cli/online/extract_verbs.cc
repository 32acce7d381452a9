// SPDX-License-Identifier: Apache-2.0
// `reprise extract`: data requested, decided about, and downloaded into a folder that did not exist,
// so that nobody mixes two extracts.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "reprise/extract/v1/extract_service.pb.h"

#include "clients/cli/online/extract_download.h"
#include "clients/cli/online/field_verbs.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::extract::v1;
namespace fs = std::filesystem;

struct DownloadOptions : ServerOptions {
  std::string extract, into;
};

// The server names files, so a name that leaves the folder is refused.
absl::Status CheckName(const std::string& name) {
  if (!name.empty() && name.front() != '.' && !absl::StrContains(name, '/')) return absl::OkStatus();
  return error::Make(absl::StatusCode::kInternal, "FILE_NAME_REFUSED",
                     "The server named a file outside the folder.");
}

absl::Status Append(const fs::path& folder, const v1::ExtractChunk& chunk) {
  REPRISE_RETURN_IF_ERROR(CheckName(chunk.file()));
  std::ofstream file(folder / chunk.file(), std::ios::binary | std::ios::app);
  file << chunk.content();
  file.flush();
  if (file.good()) return absl::OkStatus();
  return error::Make(absl::StatusCode::kPermissionDenied, "FILE_UNWRITABLE",
                     absl::StrCat("Cannot write ", chunk.file(), "."));
}

absl::Status Download(ServerConnection& server, const DownloadOptions& options) {
  return DownloadExtract(server, options.extract, options.into);
}

}  // namespace

absl::Status DownloadExtract(ServerConnection& server, const std::string& extract_id,
                             const std::string& into) {
  const fs::path folder(into);
  // Written beside its place and renamed when whole.
  const fs::path partial(into + ".partial");
  std::error_code failed;
  if (fs::exists(folder)) {
    return error::Make(absl::StatusCode::kAlreadyExists, "FOLDER_EXISTS",
                       "The folder is there already; name a new one.");
  }
  fs::remove_all(partial, failed);
  if (!fs::create_directories(partial, failed)) {
    return error::Make(absl::StatusCode::kPermissionDenied, "FILE_UNWRITABLE",
                       "Cannot make the folder.");
  }
  fs::permissions(partial, fs::perms::owner_all, failed);
  v1::DownloadExtractRequest request;
  request.set_extract_id(extract_id);
  REPRISE_ASSIGN_OR_RETURN(const auto* const method, FindMethod("extract/DownloadExtract"));
  int64_t bytes = 0;
  const absl::Status streamed =
      server.Stream(method, request, [&](const google::protobuf::Message& message) {
        v1::ExtractChunk chunk;
        chunk.CopyFrom(message);
        bytes += static_cast<int64_t>(chunk.content().size());
        if (chunk.last()) std::cerr << chunk.file() << " (" << bytes << " bytes so far)\n";
        return Append(partial, chunk);
      });
  if (!streamed.ok()) {
    fs::remove_all(partial, failed);
    return streamed;
  }
  fs::rename(partial, folder, failed);
  if (failed) {
    return error::Make(absl::StatusCode::kPermissionDenied, "FILE_UNWRITABLE",
                       absl::StrCat("The files are whole, but stay in ", partial.string(), "."));
  }
  std::cout << into << ": " << bytes << " bytes\n";
  return absl::OkStatus();
}

void AddExtractVerbs(Cli& cli) {
  CLI::App* const group =
      AddGroup(cli, "extract", "Pseudonymised data: requested, decided about, downloaded");
  const Argument extract{"extract", "extract_id", "UUID", true};
  AddFieldVerbs(
      cli, group,
      {{"request", "extract/RequestExtract", "Request the data of one stage as they are now",
        "reprise extract request PILOT --purpose \"report of the pilot\"",
        {{"stage", "stage", "Code of the stage", true},
         {"--purpose", "purpose", "For what the data are needed", true}}},
       {"decide", "extract/DecideExtract", "Approve or refuse what somebody else requested",
        "reprise extract decide 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b --approve",
        {extract,
         {"--approve", "approve", "Approve; left out: refuse"},
         {"--reason", "reason", "Why it is refused"}}},
       {"list", "extract/ListExtracts", "List the extracts of a study", "reprise extract list FASTRACS",
        {{"study", "study_id", "Code or UUID", true, Names::kStudy}},
        {"stage", "state", "cut_time", "purpose", "extract_id"}}});

  const auto download = AddOnlineVerb<DownloadOptions>(
      cli, group, "download", "Download the files of an approved extract",
      "reprise extract download 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b --into pilot-extract", Download);
  download.verb->add_option("extract", download.options->extract, "UUID")->required();
  download.verb->add_option("--into", download.options->into, "Folder that does not exist yet")
      ->required();
}

}  // namespace reprise::cli
