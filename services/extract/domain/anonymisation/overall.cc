// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/overall.h"

#include <algorithm>
#include <tuple>

#include "services/extract/domain/anonymisation/pitman.h"

namespace reprise::extract::anonymisation {
namespace {

using Kind = PrivacyModel::Kind;
constexpr double kTolerance = 1e-9;

bool Holds(const PrivacyModel& model, const SizeHistogram& sizes) {
  double records = 0, classes = 0;
  for (const auto& [size, number] : sizes) {
    records += static_cast<double>(size) * number;
    classes += number;
  }
  if (records == 0) return true;
  const auto ones = sizes.find(1);
  const double uniques = ones == sizes.end() ? 0 : ones->second;
  switch (model.kind) {
    case Kind::kAverageRisk:
      return classes <= model.limit * records + kTolerance;
    case Kind::kSampleUniqueness:
      return uniques <= model.limit * records + kTolerance;
    case Kind::kPopulationUniqueness: {
      const absl::optional<double> share = PopulationUniqueShare(sizes, model.population);
      return share.has_value() && *share <= model.limit + kTolerance;
    }
    default:
      return true;
  }
}

}  // namespace

bool OverallHolds(const Case& request, const SizeHistogram& sizes) {
  return std::all_of(request.models.begin(), request.models.end(),
                     [&](const PrivacyModel& model) { return Holds(model, sizes); });
}

std::vector<SizedClass> OverallSuppression(const Case& request, std::vector<SizedClass> classes) {
  SizeHistogram sizes;
  for (const SizedClass& one : classes) ++sizes[one.size];
  if (OverallHolds(request, sizes)) return {};
  std::sort(classes.begin(), classes.end(), [](const SizedClass& x, const SizedClass& y) {
    return std::tie(x.size, x.loss, x.index) < std::tie(y.size, y.loss, y.index);
  });
  const auto holds_without = [&](size_t first) {
    SizeHistogram kept;
    for (size_t i = first; i < classes.size(); ++i) ++kept[classes[i].size];
    return OverallHolds(request, kept);
  };
  // Doubling, then halving: the first number that suffices, even where an estimate fails further
  // on.
  size_t low = 0, gone = 1;
  while (gone < classes.size() && !holds_without(gone)) {
    low = gone;
    gone *= 2;
  }
  gone = std::min(gone, classes.size());
  while (low + 1 < gone) {
    const size_t middle = low + (gone - low) / 2;
    (holds_without(middle) ? gone : low) = middle;
  }
  classes.resize(gone);
  return classes;
}

}  // namespace reprise::extract::anonymisation
