// SPDX-License-Identifier: Apache-2.0
// The lines of a log as JSON, apart from the replay because the JSON library is slow to compile.
#include <nlohmann/json.hpp>

#include "services/cohort/domain/randomisation/errors.h"
#include "services/cohort/domain/randomisation/replay.h"
#include "services/platform/status.h"

namespace reprise::randomisation {
namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool ReadText(const Json& object, const char* key, std::string& into) {
  if (!object.contains(key) || !object[key].is_string()) return false;
  into = object[key].get<std::string>();
  return true;
}

}  // namespace

std::string LogHeader(const Design& design, const Seed& seed) {
  Json object;
  object["algorithm"] = kAlgorithm;
  object["seed_commitment"] = seed.Commitment();
  object["design"] = Json::parse(DesignText(design));
  return Dump(object);
}

std::string LogLine(const LogRow& row) {
  Json object;
  const bool allocation = row.event == LogEvent::kAllocation;
  object["event"] = allocation ? "allocation" : "correction";
  object["sequence_no"] = row.sequence_no;
  object["levels"] = row.snapshot;
  if (allocation) object["arm"] = row.arm;
  if (row.u.has_value()) object["u"] = *row.u;
  object["previous_hash"] = row.previous_hash;
  return Dump(object);
}

absl::StatusOr<LogOpening> ParseLogHeader(absl::string_view line) {
  const Json object = Json::parse(line.begin(), line.end(), nullptr, false);
  if (object.is_discarded() || !object.is_object()) {
    return LogUnreadable("The log's first line is not a JSON object.");
  }
  LogOpening opening;
  std::string algorithm;
  if (!ReadText(object, "algorithm", algorithm) || algorithm != kAlgorithm) {
    return LogUnreadable("The log's first line does not name the algorithm RTW-RAND-1.");
  }
  if (!ReadText(object, "seed_commitment", opening.seed_commitment) || !object.contains("design") ||
      object.size() != 3) {
    return LogUnreadable(
        "The log's first line holds algorithm, seed_commitment and design, and nothing else.");
  }
  REPRISE_ASSIGN_OR_RETURN(opening.design, ParseDesign(Dump(object["design"])));
  return opening;
}

std::optional<LogRow> ParseLogLine(absl::string_view line) {
  const Json object = Json::parse(line.begin(), line.end(), nullptr, false);
  if (object.is_discarded() || !object.is_object()) return std::nullopt;
  LogRow row;
  std::string event;
  if (!ReadText(object, "event", event) || (event != "allocation" && event != "correction") ||
      !object.contains("sequence_no") || !object["sequence_no"].is_number_unsigned() ||
      object["sequence_no"].get<uint64_t>() > uint64_t{kMaxParticipants} ||
      !ReadText(object, "levels", row.snapshot) ||
      !ReadText(object, "previous_hash", row.previous_hash)) {
    return std::nullopt;
  }
  row.sequence_no = object["sequence_no"].get<int64_t>();
  size_t fields = 4;
  if (event == "correction") {
    row.event = LogEvent::kCorrection;
  } else if (++fields; !ReadText(object, "arm", row.arm)) {
    return std::nullopt;
  }
  if (object.contains("u")) {
    if (!object["u"].is_number()) return std::nullopt;
    row.u = object["u"].get<double>();
    ++fields;
  }
  if (object.size() != fields) return std::nullopt;
  return row;
}

}  // namespace reprise::randomisation
