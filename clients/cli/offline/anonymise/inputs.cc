// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/anonymise/inputs.h"

#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "services/extract/domain/anonymisation/case.h"
#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/fields.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/extract/domain/anonymisation/table.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace engine = extract::anonymisation;

// One read into place: a hundred megabytes should not be copied through a stream buffer.
absl::StatusOr<std::string> ReadWhole(const std::string& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  std::ifstream file(path, std::ios::binary);
  if (failure || !file || !std::filesystem::is_regular_file(path, failure)) return ReadFile(path);
  std::string bytes(size, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (static_cast<uintmax_t>(file.gcount()) != size) return ReadFile(path);
  return bytes;
}

// A column that is not there is the clearer complaint than the hierarchy that it has not either;
// one that is there twice is clearer than the one whose name it took.
absl::Status CheckColumns(const AnonymiseInputs& inputs, const std::string& file) {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view text, engine::CheckedText(inputs.data, file));
  engine::LineReader lines(text, inputs.request.delimiter);
  std::vector<absl::string_view> header;
  lines.Next(header);
  std::set<absl::string_view> seen;
  for (size_t i = 0; i < header.size(); ++i) {
    if (!seen.insert(header[i]).second)
      return engine::ColumnDuplicateError({file, lines.row(), i + 1}, header[i]);
  }
  for (const auto& [column, role] : inputs.request.roles) {
    if (std::find(header.begin(), header.end(), column) == header.end()) {
      return engine::ColumnMissingError(file, column);
    }
  }
  return absl::OkStatus();
}

absl::Status ReadHierarchies(const std::string& folder, AnonymiseInputs& inputs) {
  std::vector<std::string> attributes = inputs.request.qis;
  for (const std::string& attribute : engine::DemandOf(inputs.request).with_hierarchy)
    attributes.push_back(attribute);
  for (const std::string& attribute : attributes) {
    if (attribute.find('/') != std::string::npos) {
      return engine::CaseError("qis",
                               "A column with a hierarchy must not have a slash in its name.");
    }
    const std::string name = absl::StrCat("hierarchy_", attribute, ".csv");
    const std::string path = (std::filesystem::path(folder) / name).string();
    REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadWhole(path));
    REPRISE_ASSIGN_OR_RETURN(
        engine::Hierarchy hierarchy,
        engine::ReadHierarchy(bytes, path, attribute, inputs.request.delimiter));
    inputs.hierarchies.push_back(std::move(hierarchy));
    inputs.hierarchy_files[attribute] = bytes;
  }
  return absl::OkStatus();
}

absl::Status ReadSubset(const std::vector<std::string>& folders, size_t rows,
                        AnonymiseInputs& inputs) {
  const bool needed = engine::NeedsPopulation(inputs.request);
  if (!needed && inputs.request.subset.empty()) return absl::OkStatus();
  const std::string name =
      inputs.request.subset.empty() ? "subset_rows.txt" : inputs.request.subset;
  for (const std::string& folder : folders) {
    const std::string path = (std::filesystem::path(folder) / name).string();
    if (!std::filesystem::exists(path)) continue;
    REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
    REPRISE_ASSIGN_OR_RETURN(inputs.subset, engine::ParseSubset(bytes, path, rows));
    return absl::OkStatus();
  }
  return engine::CaseError("subset", absl::StrCat("The file ", name,
                                                  " is needed and is neither with the hierarchies, "
                                                  "nor with the case, nor with the data."));
}

}  // namespace

double CpuMilliseconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto milliseconds = [](const timeval& t) { return t.tv_sec * 1e3 + t.tv_usec / 1e3; };
  return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

absl::StatusOr<std::unique_ptr<AnonymiseInputs>> LoadInputs(const std::string& data,
                                                            const std::string& hierarchies,
                                                            const std::string& request) {
  const double start = CpuMilliseconds();
  auto inputs = std::make_unique<AnonymiseInputs>();
  REPRISE_ASSIGN_OR_RETURN(inputs->case_json, ReadFile(request));
  REPRISE_ASSIGN_OR_RETURN(inputs->request, engine::ParseCase(inputs->case_json));
  REPRISE_ASSIGN_OR_RETURN(inputs->data, ReadWhole(data));
  REPRISE_RETURN_IF_ERROR(CheckColumns(*inputs, data));
  REPRISE_RETURN_IF_ERROR(ReadHierarchies(hierarchies, *inputs));
  std::vector<engine::WantedColumn> wanted;
  for (const std::string& qi : inputs->request.qis) {
    wanted.push_back({qi, engine::FindHierarchy(inputs->hierarchies, qi)});
  }
  for (const std::string& name : engine::DemandOf(inputs->request).sensitives) {
    wanted.push_back({name, engine::FindHierarchy(inputs->hierarchies, name)});
  }
  if (!inputs->request.person.empty()) wanted.push_back({inputs->request.person, nullptr});
  REPRISE_ASSIGN_OR_RETURN(const engine::Table table, engine::ReadTable(inputs->data, data, wanted,
                                                                        inputs->request.delimiter));
  const auto beside = [](const std::string& file) {
    return std::filesystem::path(file).parent_path().string();
  };
  REPRISE_RETURN_IF_ERROR(
      ReadSubset({hierarchies, beside(request), beside(data)}, table.rows, *inputs));
  REPRISE_ASSIGN_OR_RETURN(
      inputs->records,
      engine::MakeRecords(inputs->request, table, data, inputs->hierarchies, inputs->subset));
  inputs->encode_cpu_ms = CpuMilliseconds() - start;
  return inputs;
}

}  // namespace reprise::cli
