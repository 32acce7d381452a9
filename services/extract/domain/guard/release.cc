// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/guard/release.h"

#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "services/extract/domain/guard/errors.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::extract::guard {
namespace {

using Json = nlohmann::json;

// Reads typed fields of one entry and names them in errors.
class Fields {
 public:
  Fields(const Json& json, absl::string_view file) : json_(json), file_(file) {}

  absl::StatusOr<std::string> Text(const char* key, bool required) const {
    if (!json_.contains(key)) {
      if (required) return EntryInvalid(file_, key, "The field is required.");
      return std::string();
    }
    if (!json_[key].is_string() || (required && json_[key].get_ref<const std::string&>().empty())) {
      return EntryInvalid(file_, key, "A non-empty text is required.");
    }
    return json_[key].get<std::string>();
  }
  absl::StatusOr<uint64_t> Count(const char* key, uint64_t fallback) const {
    if (!json_.contains(key)) return fallback;
    const Json& value = json_[key];
    if (!value.is_number_unsigned() || value.get<uint64_t>() < 1 ||
        value.get<uint64_t>() > UINT32_MAX) {
      return EntryInvalid(file_, key, "A whole number of at least 1 is required.");
    }
    return value.get<uint64_t>();
  }
  absl::StatusOr<bool> Flag(const char* key) const {
    if (!json_.contains(key)) return false;
    if (!json_[key].is_boolean()) return EntryInvalid(file_, key, "true or false is required.");
    return json_[key].get<bool>();
  }
  absl::Status Variables(Release& out) const;
  absl::Status Cells(Release& out) const;

 private:
  const Json& json_;
  absl::string_view file_;
};

absl::Status Fields::Variables(Release& out) const {
  const char* const key = "variables";
  if (!json_.contains(key) || !json_[key].is_object() || json_[key].empty()) {
    return EntryInvalid(file_, key, "An object of variables and their levels is required.");
  }
  for (const auto& [name, level] : json_[key].items()) {
    const std::string path = absl::StrCat(key, ".", name);
    if (level.is_null()) {
      out.variables[name] = kMixedLevel;
    } else if (level.is_number_unsigned() && level.get<uint64_t>() <= 1000) {
      out.variables[name] = level.get<int>();
    } else {
      return EntryInvalid(file_, path, "A level (whole number, 0 the finest) or null is required.");
    }
  }
  return absl::OkStatus();
}

absl::Status Fields::Cells(Release& out) const {
  const char* const key = "cells";
  if (!json_.contains(key)) return absl::OkStatus();
  if (!json_[key].is_array())
    return EntryInvalid(file_, key, "A list of published counts is required.");
  for (size_t i = 0; i < json_[key].size(); ++i) {
    const Json& cell = json_[key][i];
    if (!cell.is_object() || !cell.contains("table") || !cell["table"].is_string() ||
        !cell.contains("cell") || !cell["cell"].is_string() || !cell.contains("count") ||
        !cell["count"].is_number_unsigned()) {
      return EntryInvalid(file_, absl::StrCat(key, "[", i, "]"),
                          "A table, a cell and a count are required.");
    }
    out.cells.push_back({.table = cell["table"].get<std::string>(),
                         .cell = cell["cell"].get<std::string>(),
                         .count = cell["count"].get<uint64_t>()});
  }
  return absl::OkStatus();
}

std::string Sha256Hex(absl::string_view bytes) {
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), sizeof digest));
}

// person;class, then any sensitive columns.
absl::Status ReadClasses(absl::string_view csv, const std::string& name, Release& out) {
  REPRISE_ASSIGN_OR_RETURN(text::CsvTable table, text::ParseCsv(csv, name, ';'));
  if (table.header.size() < 2 || table.header[0] != "person" || table.header[1] != "class") {
    return ClassesInvalid(name, 1, "The first two columns must be 'person' and 'class'.");
  }
  for (size_t column = 2; column < table.header.size(); ++column) {
    out.sensitive[table.header[column]].reserve(table.rows.size());
  }
  absl::flat_hash_set<std::string> seen;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    std::vector<std::string>& cells = table.rows[row];
    if (cells[0].empty()) return ClassesInvalid(name, row + 2, "The person is missing.");
    if (!seen.insert(cells[0]).second)
      return ClassesInvalid(name, row + 2, "The person stands twice.");
    for (size_t column = 2; column < cells.size(); ++column) {
      out.sensitive[table.header[column]].push_back(std::move(cells[column]));
    }
    out.persons.push_back(std::move(cells[0]));
    out.classes.push_back(std::move(cells[1]));
  }
  if (out.persons.empty()) return ClassesInvalid(name, 1, "The file names no person.");
  return absl::OkStatus();
}

absl::StatusOr<Json> ParseEntry(absl::string_view json, absl::string_view file) {
  Json parsed = Json::parse(json.begin(), json.end(), nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return EntryInvalid(file, "entry", "The entry is not a JSON object.");
  return parsed;
}

absl::StatusOr<std::string> ClassesFile(const Fields& fields, absl::string_view file) {
  REPRISE_ASSIGN_OR_RETURN(std::string name, fields.Text("classes", true));
  // A name beside the entry, so that no entry reaches out of the register.
  if (name.find_first_of(std::string("/\\") + '\0') != std::string::npos || name == "." ||
      name == "..") {
    return EntryInvalid(file, "classes", "A file name without a path is required.");
  }
  return name;
}

absl::StatusOr<Release> ReadEntry(const Json& json, absl::string_view classes_csv,
                                  absl::string_view file) {
  const Fields fields(json, file);
  Release out;
  REPRISE_ASSIGN_OR_RETURN(out.id, fields.Text("id", true));
  REPRISE_ASSIGN_OR_RETURN(out.study, fields.Text("study", true));
  REPRISE_ASSIGN_OR_RETURN(out.recipient, fields.Text("recipient", true));
  REPRISE_ASSIGN_OR_RETURN(out.lock_id, fields.Text("lock_id", true));
  REPRISE_ASSIGN_OR_RETURN(out.master, fields.Flag("master"));
  REPRISE_RETURN_IF_ERROR(fields.Variables(out));
  REPRISE_RETURN_IF_ERROR(fields.Cells(out));
  REPRISE_ASSIGN_OR_RETURN(const std::string name, ClassesFile(fields, file));
  REPRISE_ASSIGN_OR_RETURN(const std::string digest, fields.Text("classes_sha256", false));
  if (!digest.empty() && digest != Sha256Hex(classes_csv)) return RegisterTampered(name);
  REPRISE_RETURN_IF_ERROR(ReadClasses(classes_csv, name, out));
  return out;
}

}  // namespace

absl::StatusOr<std::string> ClassesFileOf(absl::string_view json, absl::string_view file) {
  REPRISE_ASSIGN_OR_RETURN(const Json parsed, ParseEntry(json, file));
  return ClassesFile(Fields(parsed, file), file);
}

absl::StatusOr<Release> ReadRelease(absl::string_view json, absl::string_view classes_csv,
                                    absl::string_view file) {
  REPRISE_ASSIGN_OR_RETURN(const Json parsed, ParseEntry(json, file));
  return ReadEntry(parsed, classes_csv, file);
}

absl::StatusOr<Request> ReadRequest(absl::string_view json, absl::string_view classes_csv,
                                    absl::string_view file) {
  REPRISE_ASSIGN_OR_RETURN(const Json parsed, ParseEntry(json, file));
  const Fields fields(parsed, file);
  Request out;
  REPRISE_ASSIGN_OR_RETURN(out.release, ReadEntry(parsed, classes_csv, file));
  REPRISE_ASSIGN_OR_RETURN(const uint64_t k, fields.Count("k", out.rules.k));
  REPRISE_ASSIGN_OR_RETURN(const uint64_t l, fields.Count("l", out.rules.l));
  out.rules.k = static_cast<uint32_t>(k);
  out.rules.l = static_cast<uint32_t>(l);
  REPRISE_ASSIGN_OR_RETURN(out.rules.smallest_count,
                           fields.Count("smallest_count", out.rules.smallest_count));
  REPRISE_ASSIGN_OR_RETURN(const std::string policy, fields.Text("policy", false));
  if (!policy.empty() && policy != "frozen_master" && policy != "guard") {
    return EntryInvalid(file, "policy", "One of frozen_master and guard is required.");
  }
  out.rules.frozen_master = policy != "guard";
  return out;
}

}  // namespace reprise::extract::guard
