// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/anonymise/report.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/anonymisation/case.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

namespace engine = extract::anonymisation;
using Json = nlohmann::ordered_json;

// Counts are doubles where they may pass 2^64; below that they read as counts.
Json WholeNumber(double count) {
  return count < 1e18 ? Json(static_cast<uint64_t>(count)) : Json(count);
}

Json Levels(const AnonymiseInputs& inputs, const engine::Recoding& recoding) {
  if (recoding.levels.empty()) return nullptr;
  Json levels = Json::object();
  for (size_t qi = 0; qi < inputs.request.qis.size(); ++qi) {
    for (size_t a = 0; a < recoding.levels.size(); ++a) {
      if (inputs.records.case_index[a] == static_cast<int>(qi))
        levels[inputs.request.qis[qi]] = recoding.levels[a];
    }
  }
  return levels;
}

void AddExact(const AnonymiseInputs& inputs, const engine::Recoding& recoding,
              const engine::Summary& summary, Json& json) {
  json["solution"] = true;
  json["lattice_size"] = WholeNumber(recoding.lattice_size);
  json["transformation"] = recoding.method == "optimal" ? Levels(inputs, recoding) : Json(nullptr);
  json["loss_arithmetic_mean"] = summary.loss_arithmetic_mean;
  json["loss_geometric_mean"] = summary.loss_geometric_mean;
  json["arx_score"] = summary.score;
  json["suppressed_records"] = summary.suppressed;
  json["classes"] = summary.classes;
  json["min_class"] = summary.min_class;
  json["prosecutor_highest_risk"] = summary.highest_risk;
  json["average_risk"] = summary.average_risk;
  for (size_t qi = 0; qi < inputs.request.qis.size(); ++qi) {
    json["per_qi_loss"][inputs.request.qis[qi]] = summary.per_qi_loss[qi];
  }
  json["class_size_histogram"] = Json::object();
  for (const auto& [size, classes] : summary.class_sizes)
    json["class_size_histogram"][absl::StrCat(size)] = classes;
}

}  // namespace

std::string ReportJson(const AnonymiseInputs& inputs, const engine::Recoding& recoding,
                       const RunFacts& facts) {
  const engine::Summary summary = engine::Summarise(inputs.request, inputs.records, recoding);
  Json json;
  json["id"] = inputs.request.id;
  json["method"] = recoding.method;
  AddExact(inputs, recoding, summary, json);
  if (recoding.method == "cells") json["base_levels"] = Levels(inputs, recoding);
  json["metric"] = engine::MetricName(inputs.request.metric);
  json["granularity"] = 1 - summary.granularity;
  json["discernibility"] = WholeNumber(summary.discernibility);
  json["average_class_size"] = summary.average_class_size;
  json["nonuniform_entropy"] = summary.nonuniform_entropy;
  json["records"] = inputs.records.persons;
  json["proven_optimal"] = recoding.proven_optimal;
  if (recoding.method == "optimal") {
    json["lower_bound"] = recoding.proven_optimal ? summary.score : recoding.lower_bound;
    json["proven_gap"] = recoding.proven_optimal ? 0.0 : summary.score - recoding.lower_bound;
  }
  json["checks"] = recoding.checks;
  json["seed"] = facts.seed;
  json["encode_cpu_ms"] = inputs.encode_cpu_ms;
  json["solver_cpu_ms"] = facts.solver_cpu_ms;
  json["verified"] = facts.verified;
  for (const engine::Hierarchy& hierarchy : inputs.hierarchies) {
    for (const auto& [given, used] : hierarchy.renamed)
      json["renamed_labels"][hierarchy.attribute][given] = used;
  }
  return json.dump(2) + "\n";
}

std::string CostsJson(const AnonymiseInputs& inputs, const std::vector<engine::Cost>& costs,
                      double cpu_ms) {
  Json json;
  json["id"] = inputs.request.id;
  json["encode_cpu_ms"] = inputs.encode_cpu_ms;
  json["solver_cpu_ms"] = cpu_ms;
  for (const engine::Cost& cost : costs) {
    Json row;
    row["variable"] = cost.attribute.empty() ? Json(nullptr) : Json(cost.attribute);
    row["change"] = cost.attribute.empty() ? "none" : cost.left_out ? "left_out" : "coarsened";
    if (cost.level > 0) row["level"] = cost.level;
    row["input_unique_share"] = cost.unique_share;
    row["input_average_risk"] = cost.average_risk_before;
    row["releasable"] = cost.releasable;
    if (cost.releasable) {
      row["loss_of_request"] = cost.loss_of_request;
      row["loss_arithmetic_mean"] = cost.summary.loss_arithmetic_mean;
      row["suppressed_records"] = cost.summary.suppressed;
      row["classes"] = cost.summary.classes;
      row["prosecutor_highest_risk"] = cost.summary.highest_risk;
      row["average_risk"] = cost.summary.average_risk;
    }
    json["costs"].push_back(std::move(row));
  }
  return json.dump(2) + "\n";
}

std::string RefusalJson(const absl::Status& why) {
  Json json;
  json["solution"] = false;
  json["reason"] = error::ReasonOf(why);
  json["message"] = std::string(why.message());
  json["verified"] = false;
  return json.dump(2) + "\n";
}

}  // namespace reprise::cli
