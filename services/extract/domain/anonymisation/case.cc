// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/case.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "services/extract/domain/anonymisation/errors.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::extract::anonymisation {
namespace {

using Json = nlohmann::json;
using Kind = PrivacyModel::Kind;

// What stands after the model's name, and which numbers are allowed there.
struct Shape {
  const char* name;
  Kind kind;
  bool attribute;
  int numbers;
  double least, most;
  bool whole;
};
constexpr double kNoMost = 1e15;
constexpr Shape kShapes[] = {
    {"k", Kind::kKAnonymity, false, 1, 1, kNoMost, true},
    {"dl", Kind::kDistinctDiversity, true, 1, 1, kNoMost, true},
    {"el", Kind::kEntropyDiversity, true, 1, 1, kNoMost, false},
    {"rl", Kind::kRecursiveDiversity, true, 2, 1, kNoMost, true},
    {"te", Kind::kEqualCloseness, true, 1, 0, 1, false},
    {"th", Kind::kHierarchicalCloseness, true, 1, 0, 1, false},
    {"to", Kind::kOrderedCloseness, true, 1, 0, 1, false},
    {"avg", Kind::kAverageRisk, false, 1, 0, 1, false},
    {"km", Kind::kKMap, false, 1, 1, kNoMost, true},
    {"dp", Kind::kDeltaPresence, false, 2, 0, 1, false},
    {"bl", Kind::kBetaLikeness, true, 1, 0, kNoMost, false},
    {"dd", Kind::kDeltaDisclosure, true, 1, 0, kNoMost, false},
    {"su", Kind::kSampleUniqueness, false, 1, 0, 1, false},
    {"pu", Kind::kPopulationUniqueness, false, 2, 0, kNoMost, false},
};

constexpr std::pair<const char*, Metric> kMetrics[] = {
    {"loss_am", Metric::kLossArithmetic},
    {"loss_gm", Metric::kLossGeometric},
    {"granularity", Metric::kGranularity},
    {"discernibility", Metric::kDiscernibility},
    {"average_class_size", Metric::kAverageClassSize},
    {"nonuniform_entropy", Metric::kNonUniformEntropy},
};
constexpr std::pair<const char*, Role> kRoles[] = {
    {"direct", Role::kDirectIdentifier}, {"quasi", Role::kQuasiIdentifier},
    {"sensitive", Role::kSensitive},     {"neutral", Role::kNeutral},
    {"free_text", Role::kFreeText},
};

template <typename T, size_t N>
const T* Find(const std::pair<const char*, T> (&table)[N], absl::string_view name) {
  for (const auto& [key, value] : table) {
    if (name == key) return &value;
  }
  return nullptr;
}

absl::Status CheckNumbers(const PrivacyModel& model, const Shape& shape, absl::string_view path) {
  const auto refuse = [&](absl::string_view why) {
    return CaseError(path, absl::StrCat("The model \"", model.text, "\" ", why));
  };
  if (shape.kind == Kind::kPopulationUniqueness) {
    if (model.limit < 0 || model.limit > 1) return refuse("needs a share between 0 and 1.");
    if (model.population < 1) return refuse("needs a population of at least one person.");
    return absl::OkStatus();
  }
  if (model.limit < shape.least || model.limit > shape.most)
    return refuse("has a limit out of range.");
  if (shape.whole && model.limit != static_cast<double>(static_cast<int64_t>(model.limit))) {
    return refuse("needs a whole number.");
  }
  if (shape.kind == Kind::kRecursiveDiversity && model.c <= 0) return refuse("needs c above 0.");
  if (shape.kind == Kind::kDeltaPresence && (model.lower < 0 || model.lower > model.limit)) {
    return refuse("needs 0 <= lower <= upper <= 1.");
  }
  if (shape.kind == Kind::kBetaLikeness && model.limit <= 0) return refuse("needs beta above 0.");
  return absl::OkStatus();
}

absl::StatusOr<std::string> TextOf(const Json& json, const std::string& path) {
  if (!json.is_string()) return CaseError(path, "A text is required.");
  return json.get<std::string>();
}

absl::StatusOr<std::vector<std::string>> TextsOf(const Json& json, const std::string& field) {
  std::vector<std::string> texts;
  const auto found = json.find(field);
  if (found == json.end()) return texts;
  if (!found->is_array()) return CaseError(field, "A list of texts is required.");
  for (size_t i = 0; i < found->size(); ++i) {
    REPRISE_ASSIGN_OR_RETURN(std::string text,
                             TextOf((*found)[i], absl::StrCat(field, "[", i, "]")));
    texts.push_back(std::move(text));
  }
  return texts;
}

// A column with two roles would be coarsened and kept at once.
absl::Status GiveRole(Case& request, const std::string& column, Role role,
                      const std::string& path) {
  if (column.empty()) return CaseError(path, "A column name must not be empty.");
  const auto [place, fresh] = request.roles.emplace(column, role);
  if (fresh || place->second == role) return absl::OkStatus();
  return CaseError(path, absl::StrCat("The column \"", column, "\" has another role already."));
}

absl::Status ReadRoles(const Json& json, Case& request) {
  for (size_t i = 0; i < request.qis.size(); ++i) {
    const std::string path = absl::StrCat("qis[", i, "]");
    if (request.roles.count(request.qis[i]) > 0)
      return CaseError(path, "The column is listed twice.");
    REPRISE_RETURN_IF_ERROR(GiveRole(request, request.qis[i], Role::kQuasiIdentifier, path));
  }
  for (const std::string& column : request.sensitive) {
    REPRISE_RETURN_IF_ERROR(GiveRole(request, column, Role::kSensitive, "sensitive"));
  }
  for (size_t i = 0; i < request.models.size(); ++i) {
    if (request.models[i].attribute.empty()) continue;
    REPRISE_RETURN_IF_ERROR(GiveRole(request, request.models[i].attribute, Role::kSensitive,
                                     absl::StrCat("models[", i, "]")));
  }
  const auto roles = json.find("roles");
  if (roles == json.end()) return absl::OkStatus();
  if (!roles->is_object()) return CaseError("roles", "An object of column names is required.");
  for (const auto& [column, value] : roles->items()) {
    const std::string path = absl::StrCat("roles[", column, "]");
    REPRISE_ASSIGN_OR_RETURN(const std::string name, TextOf(value, path));
    const Role* role = Find(kRoles, name);
    if (role == nullptr)
      return CaseError(path, "Known roles: direct, quasi, sensitive, neutral, free_text.");
    if (*role == Role::kQuasiIdentifier && request.roles.count(column) == 0) {
      return CaseError(path, "A quasi-identifier must also stand in qis.");
    }
    REPRISE_RETURN_IF_ERROR(GiveRole(request, column, *role, path));
  }
  return absl::OkStatus();
}

absl::Status ReadLimitAndMetric(const Json& json, Case& request) {
  if (const auto limit = json.find("suppression_limit"); limit != json.end()) {
    if (!limit->is_number() || !(limit->get<double>() >= 0) || !(limit->get<double>() <= 1)) {
      return CaseError("suppression_limit", "A number from 0 to 1 is required.");
    }
    request.suppression_limit = limit->get<double>();
  }
  if (const auto metric = json.find("metric"); metric != json.end()) {
    REPRISE_ASSIGN_OR_RETURN(const std::string name, TextOf(*metric, "metric"));
    const Metric* known = Find(kMetrics, name);
    if (known == nullptr) {
      return CaseError("metric",
                       "Known metrics: loss_am, loss_gm, granularity, discernibility, "
                       "average_class_size, nonuniform_entropy.");
    }
    request.metric = *known;
  }
  return absl::OkStatus();
}

absl::Status ReadTexts(const Json& json, Case& request) {
  for (const auto& [field, target] : {std::pair{"id", &request.id},
                                      {"title", &request.title},
                                      {"person", &request.person},
                                      {"subset", &request.subset},
                                      {"subset_rows", &request.subset},
                                      {"subset_file", &request.subset}}) {
    if (const auto found = json.find(field); found != json.end()) {
      REPRISE_ASSIGN_OR_RETURN(*target, TextOf(*found, field));
    }
  }
  if (const auto found = json.find("delimiter"); found != json.end()) {
    REPRISE_ASSIGN_OR_RETURN(const std::string delimiter, TextOf(*found, "delimiter"));
    if (delimiter.size() != 1 || std::string(";,|\t").find(delimiter) == std::string::npos) {
      return CaseError("delimiter", "One of ; , | and the tabulator is required.");
    }
    request.delimiter = delimiter[0];
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PrivacyModel> ParseModel(absl::string_view text, absl::string_view path) {
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  const auto* shape = std::find_if(std::begin(kShapes), std::end(kShapes),
                                   [&](const Shape& known) { return parts[0] == known.name; });
  if (shape == std::end(kShapes)) {
    return CaseError(path, absl::StrCat("The model \"", text, "\" is not known."));
  }
  PrivacyModel model;
  model.kind = shape->kind;
  model.text = std::string(text);
  // An attribute's name may itself hold a colon, the numbers may not.
  const size_t numbers = static_cast<size_t>(shape->numbers);
  if (parts.size() < 1 + (shape->attribute ? 1 : 0) + numbers ||
      (!shape->attribute && parts.size() != 1 + numbers)) {
    return CaseError(path,
                     absl::StrCat("The model \"", text, "\" has not the right number of parts."));
  }
  double values[2] = {0, 0};
  for (size_t i = 0; i < numbers; ++i) {
    REPRISE_ASSIGN_OR_RETURN(values[i], text::ParseDouble(parts[parts.size() - numbers + i], path));
  }
  if (shape->attribute) {
    for (size_t i = 1; i + numbers < parts.size(); ++i) {
      absl::StrAppend(&model.attribute, i > 1 ? ":" : "", parts[i]);
    }
    if (model.attribute.empty()) return CaseError(path, "The model needs a column.");
  }
  model.limit = values[numbers - 1];
  if (model.kind == Kind::kRecursiveDiversity) model.c = values[0];
  if (model.kind == Kind::kDeltaPresence) model.lower = values[0];
  if (model.kind == Kind::kPopulationUniqueness) {
    model.limit = values[0];
    model.population = values[1];
  }
  REPRISE_RETURN_IF_ERROR(CheckNumbers(model, *shape, path));
  return model;
}

absl::StatusOr<Case> ParseCase(absl::string_view json_text) {
  const Json json =
      Json::parse(json_text.begin(), json_text.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return CaseError("case", "The case must be a JSON object.");
  Case request;
  REPRISE_RETURN_IF_ERROR(ReadTexts(json, request));
  REPRISE_ASSIGN_OR_RETURN(request.qis, TextsOf(json, "qis"));
  if (request.qis.empty()) return CaseError("qis", "At least one quasi-identifier is required.");
  REPRISE_ASSIGN_OR_RETURN(request.sensitive, TextsOf(json, "sensitive"));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<std::string> models, TextsOf(json, "models"));
  if (models.empty()) return CaseError("models", "At least one privacy model is required.");
  for (size_t i = 0; i < models.size(); ++i) {
    REPRISE_ASSIGN_OR_RETURN(PrivacyModel model,
                             ParseModel(models[i], absl::StrCat("models[", i, "]")));
    request.models.push_back(std::move(model));
  }
  REPRISE_RETURN_IF_ERROR(ReadLimitAndMetric(json, request));
  REPRISE_RETURN_IF_ERROR(ReadRoles(json, request));
  return request;
}

std::string MetricName(Metric metric) {
  for (const auto& [name, known] : kMetrics) {
    if (known == metric) return name;
  }
  return "";
}

absl::StatusOr<Subset> ParseSubset(absl::string_view text, absl::string_view file, size_t rows) {
  Subset subset;
  size_t line = 0;
  for (absl::string_view piece : absl::StrSplit(text, '\n')) {
    ++line;
    piece = absl::StripAsciiWhitespace(piece);
    if (piece.empty()) continue;
    uint32_t row = 0;
    if (!absl::SimpleAtoi(piece, &row))
      return SubsetError({file, line, 1}, "a row number is required.");
    if (row >= rows) return SubsetError({file, line, 1}, "the data have no such row.");
    subset.push_back(row);
  }
  if (subset.empty()) return SubsetError({file, 0, 0}, "no row is named.");
  std::sort(subset.begin(), subset.end());
  if (std::adjacent_find(subset.begin(), subset.end()) != subset.end()) {
    return SubsetError({file, 0, 0}, "a row is named twice.");
  }
  return subset;
}

bool NeedsPopulation(const Case& request) {
  return std::any_of(request.models.begin(), request.models.end(), [](const PrivacyModel& model) {
    return model.kind == Kind::kKMap || model.kind == Kind::kDeltaPresence;
  });
}

}  // namespace reprise::extract::anonymisation
