// SPDX-License-Identifier: Apache-2.0
// Designs as JSON, apart from the rest because the JSON library is slow to compile.
#include <nlohmann/json.hpp>

#include <initializer_list>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/errors.h"
#include "services/platform/status.h"

namespace reprise::randomisation {
namespace {

using Json = nlohmann::ordered_json;

absl::Status CheckKeys(const Json& object, const std::string& path,
                       std::initializer_list<const char*> allowed) {
  if (!object.is_object())
    return DesignUnreadable(path.empty() ? "design" : path, "A JSON object is required.");
  for (const auto& [key, value] : object.items()) {
    bool known = false;
    for (const char* name : allowed) known = known || key == name;
    if (!known) {
      return DesignUnreadable(absl::StrCat(path, path.empty() ? "" : ".", key),
                              "A design of this method has no such field.");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Text(const Json& object, const char* key, const std::string& path) {
  if (!object.contains(key) || !object[key].is_string()) {
    return DesignUnreadable(absl::StrCat(path, key), "Text is required.");
  }
  return object[key].get<std::string>();
}

absl::StatusOr<double> Number(const Json& object, const char* key, double absent,
                              const std::string& path) {
  if (!object.contains(key)) return absent;
  if (!object[key].is_number())
    return DesignUnreadable(absl::StrCat(path, key), "A number is required.");
  return object[key].get<double>();
}

absl::StatusOr<int> Whole(const Json& value, const std::string& path) {
  if (value.is_number_unsigned() &&
      value.get<uint64_t>() <= uint64_t{std::numeric_limits<int>::max()}) {
    return value.get<int>();
  }
  return DesignUnreadable(path, "A whole number is required.");
}

absl::StatusOr<Json> List(const Json& object, const char* key, const std::string& path) {
  if (!object.contains(key)) return Json::array();
  if (!object[key].is_array())
    return DesignUnreadable(absl::StrCat(path, key), "A JSON array is required.");
  return object[key];
}

absl::StatusOr<std::vector<std::string>> Texts(const Json& object, const char* key,
                                               const std::string& path) {
  REPRISE_ASSIGN_OR_RETURN(const Json list, List(object, key, path));
  std::vector<std::string> texts;
  for (const Json& item : list) {
    if (!item.is_string())
      return DesignUnreadable(absl::StrCat(path, key, "[", texts.size(), "]"), "Text is required.");
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

absl::Status ReadArms(const Json& object, Design& design) {
  REPRISE_ASSIGN_OR_RETURN(const Json list, List(object, "arms", ""));
  for (const Json& item : list) {
    const std::string path = absl::StrCat("arms[", design.arms.size(), "]");
    REPRISE_RETURN_IF_ERROR(CheckKeys(item, path, {"code", "ratio"}));
    Arm arm;
    REPRISE_ASSIGN_OR_RETURN(arm.code, Text(item, "code", path + "."));
    if (item.contains("ratio")) {
      REPRISE_ASSIGN_OR_RETURN(arm.ratio, Whole(item["ratio"], path + ".ratio"));
    }
    design.arms.push_back(std::move(arm));
  }
  return absl::OkStatus();
}

absl::Status ReadFactors(const Json& object, Design& design) {
  REPRISE_ASSIGN_OR_RETURN(const Json list, List(object, "factors", ""));
  for (const Json& item : list) {
    const std::string path = absl::StrCat("factors[", design.factors.size(), "]");
    if (design.method == Method::kMinimisation) {
      REPRISE_RETURN_IF_ERROR(CheckKeys(item, path, {"name", "levels", "weight"}));
    } else {
      REPRISE_RETURN_IF_ERROR(CheckKeys(item, path, {"name", "levels"}));
    }
    Factor factor;
    REPRISE_ASSIGN_OR_RETURN(factor.name, Text(item, "name", path + "."));
    REPRISE_ASSIGN_OR_RETURN(factor.levels, Texts(item, "levels", path + "."));
    REPRISE_ASSIGN_OR_RETURN(factor.weight, Number(item, "weight", 1, path + "."));
    design.factors.push_back(std::move(factor));
  }
  return absl::OkStatus();
}

absl::Status ReadMethod(const Json& object, Design& design) {
  REPRISE_ASSIGN_OR_RETURN(const std::string name, Text(object, "method", ""));
  for (const Method method : {Method::kSimple, Method::kBlocks, Method::kMinimisation}) {
    if (name == MethodName(method)) {
      design.method = method;
      return absl::OkStatus();
    }
  }
  return DesignUnreadable("method", "The method is simple, blocks or minimisation.");
}

absl::Status ReadBlocks(const Json& object, Design& design) {
  REPRISE_RETURN_IF_ERROR(
      CheckKeys(object, "", {"method", "arms", "factors", "strata", "block_sizes"}));
  REPRISE_ASSIGN_OR_RETURN(design.strata, Texts(object, "strata", ""));
  REPRISE_ASSIGN_OR_RETURN(const Json sizes, List(object, "block_sizes", ""));
  for (const Json& item : sizes) {
    REPRISE_ASSIGN_OR_RETURN(
        const int size, Whole(item, absl::StrCat("block_sizes[", design.block_sizes.size(), "]")));
    design.block_sizes.push_back(size);
  }
  return absl::OkStatus();
}

absl::Status ReadMinimisation(const Json& object, Design& design) {
  REPRISE_RETURN_IF_ERROR(
      CheckKeys(object, "", {"method", "arms", "factors", "measure", "p_high", "weight_overall"}));
  REPRISE_ASSIGN_OR_RETURN(design.p_high, Number(object, "p_high", design.p_high, ""));
  REPRISE_ASSIGN_OR_RETURN(design.weight_overall, Number(object, "weight_overall", 0, ""));
  if (object.contains("measure")) {
    REPRISE_ASSIGN_OR_RETURN(const std::string name, Text(object, "measure", ""));
    if (!MeasureFromName(name, design.measure)) {
      return DesignUnreadable("measure", "The measure is range, variance, sd or marginal_balance.");
    }
  }
  return absl::OkStatus();
}

// JSON leaves open what a repeated key means; in a design that must not stay open.
absl::StatusOr<Json> ParseWithoutRepeatedKeys(absl::string_view json) {
  std::vector<std::set<std::string>> seen;
  bool repeated = false;
  const Json::parser_callback_t watch = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) seen.emplace_back();
    if (event == Json::parse_event_t::object_end) seen.pop_back();
    if (event == Json::parse_event_t::key)
      repeated |= !seen.back().insert(value.get<std::string>()).second;
    return true;
  };
  Json object = Json::parse(json.begin(), json.end(), watch, /*allow_exceptions=*/false);
  if (object.is_discarded()) return DesignUnreadable("design", "The design is not JSON.");
  if (repeated) return DesignUnreadable("design", "A field of the design is given twice.");
  return object;
}

}  // namespace

std::string DesignText(const Design& design) {
  Json object;
  object["method"] = std::string(MethodName(design.method));
  object["arms"] = Json::array();
  for (const Arm& arm : design.arms)
    object["arms"].push_back({{"code", arm.code}, {"ratio", arm.ratio}});
  object["factors"] = Json::array();
  for (const Factor& factor : design.factors) {
    Json item = {{"name", factor.name}, {"levels", factor.levels}};
    if (design.method == Method::kMinimisation) item["weight"] = factor.weight;
    object["factors"].push_back(std::move(item));
  }
  if (design.method == Method::kBlocks) {
    object["strata"] = design.strata;
    object["block_sizes"] = design.block_sizes;
  }
  if (design.method == Method::kMinimisation) {
    object["measure"] = std::string(MeasureName(design.measure));
    object["p_high"] = design.p_high;
    object["weight_overall"] = design.weight_overall;
  }
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

absl::StatusOr<Design> ParseDesign(absl::string_view json) {
  REPRISE_ASSIGN_OR_RETURN(const Json object, ParseWithoutRepeatedKeys(json));
  if (!object.is_object()) return DesignUnreadable("design", "A JSON object is required.");
  Design design;
  REPRISE_RETURN_IF_ERROR(ReadMethod(object, design));
  if (design.method == Method::kSimple) {
    REPRISE_RETURN_IF_ERROR(CheckKeys(object, "", {"method", "arms", "factors"}));
  } else if (design.method == Method::kBlocks) {
    REPRISE_RETURN_IF_ERROR(ReadBlocks(object, design));
  } else {
    REPRISE_RETURN_IF_ERROR(ReadMinimisation(object, design));
  }
  REPRISE_RETURN_IF_ERROR(ReadArms(object, design));
  REPRISE_RETURN_IF_ERROR(ReadFactors(object, design));
  REPRISE_RETURN_IF_ERROR(CheckDesign(design));
  return design;
}

}  // namespace reprise::randomisation
