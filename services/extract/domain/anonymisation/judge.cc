// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/judge.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace reprise::extract::anonymisation {
namespace {

using Kind = PrivacyModel::Kind;

// Limits are met up to rounding: 0.375-closeness admits the paper's class at exactly 0.375.
constexpr double kTolerance = 1e-12;

uint32_t AtLeast(uint32_t known, double limit) {
  return std::max(known, static_cast<uint32_t>(std::min(4e9, std::ceil(limit - kTolerance))));
}

double EntropyBits(const std::vector<uint32_t>& present, const std::vector<uint32_t>& count,
                   uint32_t size) {
  double sum = 0;
  for (const uint32_t code : present)
    sum += count[code] * std::log2(static_cast<double>(count[code]));
  return std::log2(static_cast<double>(size)) - sum / size;
}

// r1 < c (r_l + ... + r_m), counts in descending order (Machanavajjhala et al. 2007).
bool RecursivelyDiverse(const std::vector<uint32_t>& present, const std::vector<uint32_t>& count,
                        double c, size_t l) {
  if (present.size() < l) return false;
  std::vector<uint32_t> sorted;
  for (const uint32_t code : present) sorted.push_back(count[code]);
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  double tail = 0;
  for (size_t i = l - 1; i < sorted.size(); ++i) tail += sorted[i];
  return sorted[0] < c * tail - kTolerance;
}

}  // namespace

double EqualDistance(const std::vector<uint32_t>& present, const std::vector<uint32_t>& count,
                     uint32_t size, const std::vector<double>& reference) {
  double distance = 0;  // the positive differences are half of all
  for (const uint32_t code : present) {
    distance += std::max(0.0, static_cast<double>(count[code]) / size - reference[code]);
  }
  return distance;
}

double OrderedDistance(const std::vector<uint32_t>& count, uint32_t size,
                       const std::vector<double>& reference) {
  double carried = 0;
  double distance = 0;
  for (size_t code = 0; code < reference.size(); ++code) {
    carried += static_cast<double>(count[code]) / size - reference[code];
    distance += std::abs(carried);
  }
  return reference.size() < 2 ? 0 : distance / static_cast<double>(reference.size() - 1);
}

double HierarchicalDistance(const SensitiveColumn& column, const std::vector<uint32_t>& count,
                            uint32_t size, const std::vector<double>& reference) {
  const Hierarchy& hierarchy = *column.hierarchy;
  const int height = hierarchy.levels() - 1;
  // surplus[label of the level below] of mass that must leave (positive) or come (negative)
  std::vector<double> surplus(hierarchy.labels.size(), 0.0);
  for (uint32_t code = 0; code < column.values; ++code) {
    surplus[column.value_of[code]] = static_cast<double>(count[code]) / size - reference[code];
  }
  double distance = 0;
  for (int level = 1; level <= height; ++level) {
    const std::vector<uint32_t>& below = hierarchy.label_of[level - 1];
    const std::vector<uint32_t>& above = hierarchy.label_of[level];
    std::vector<double> out(hierarchy.labels.size(), 0.0), in(hierarchy.labels.size(), 0.0);
    std::vector<uint8_t> done(hierarchy.labels.size(), 0);
    for (size_t value = 0; value < below.size(); ++value) {
      if (done[below[value]]) continue;
      done[below[value]] = 1;
      (surplus[below[value]] > 0 ? out : in)[above[value]] += std::abs(surplus[below[value]]);
    }
    std::fill(done.begin(), done.end(), 0);
    for (const uint32_t label : above) {
      if (done[label]) continue;
      done[label] = 1;
      distance += std::min(out[label], in[label]) * level / height;
      surplus[label] = out[label] - in[label];
    }
  }
  return distance;
}

Judge::Judge(const Case& request, const Records& records) {
  for (size_t s = 0; s < records.sensitives.size(); ++s) {
    Histogram histogram{&records.sensitive[s], &records.sensitives[s], {}, {}, {}, {}};
    histogram.reference.assign(records.sensitives[s].values, 0.0);
    for (size_t t = 0; t < records.tuples(); ++t)
      histogram.reference[records.sensitive[s][t]] += records.count[t];
    for (double& share : histogram.reference) share /= std::max<double>(1, records.persons);
    histogram.count.assign(records.sensitives[s].values, 0);
    histograms_.push_back(std::move(histogram));
  }
  for (const PrivacyModel& model : request.models) {
    switch (model.kind) {
      case Kind::kKAnonymity:
      case Kind::kDistinctDiversity:
      case Kind::kEntropyDiversity:
      case Kind::kRecursiveDiversity:
        least_size_ = AtLeast(least_size_, model.limit);
        break;
      case Kind::kKMap:
        least_population_ = AtLeast(least_population_, model.limit);
        break;
      case Kind::kDeltaPresence:
        presence_.push_back(model);
        needs_everybody_ = needs_everybody_ || model.lower > 0;
        break;
      case Kind::kSampleUniqueness:
        has_overall_ = true;
        if (model.limit == 0) least_size_ = std::max(least_size_, 2u);  // every unique must go
        break;
      case Kind::kAverageRisk:
      case Kind::kPopulationUniqueness:
        has_overall_ = true;
        break;
      default:
        break;
    }
    for (Histogram& histogram : histograms_) {
      if (histogram.column->name == model.attribute) histogram.models.push_back(model);
    }
  }
  if (records.population.empty()) {  // the file is its own population
    least_size_ = std::max(least_size_, least_population_);
    least_population_ = 1;
  }
}

void Judge::Clear() {
  for (Histogram& histogram : histograms_) {
    for (const uint32_t code : histogram.present) histogram.count[code] = 0;
    histogram.present.clear();
  }
}

void Judge::Add(uint32_t tuple, uint32_t count) {
  if (count == 0) return;
  for (Histogram& histogram : histograms_) {
    const uint32_t code = (*histogram.code_of_tuple)[tuple];
    if (histogram.count[code] == 0) histogram.present.push_back(code);
    histogram.count[code] += count;
  }
}

bool Judge::Satisfies(const PrivacyModel& model, const Histogram& h, uint32_t size) {
  switch (model.kind) {
    case Kind::kDistinctDiversity:
      return static_cast<double>(h.present.size()) >= model.limit;
    case Kind::kEntropyDiversity:
      return EntropyBits(h.present, h.count, size) >= std::log2(model.limit) - kTolerance;
    case Kind::kRecursiveDiversity:
      return RecursivelyDiverse(h.present, h.count, model.c, static_cast<size_t>(model.limit));
    case Kind::kEqualCloseness:
      return EqualDistance(h.present, h.count, size, h.reference) <= model.limit + kTolerance;
    case Kind::kOrderedCloseness:
      return OrderedDistance(h.count, size, h.reference) <= model.limit + kTolerance;
    case Kind::kHierarchicalCloseness:
      return HierarchicalDistance(*h.column, h.count, size, h.reference) <=
             model.limit + kTolerance;
    case Kind::kBetaLikeness:
      return std::all_of(h.present.begin(), h.present.end(), [&](uint32_t code) {
        const double q = h.reference[code];
        return (static_cast<double>(h.count[code]) / size - q) / q <=
               std::min(model.limit, -std::log(q)) + kTolerance;
      });
    case Kind::kDeltaDisclosure:
      return std::all_of(h.present.begin(), h.present.end(), [&](uint32_t code) {
        return std::abs(std::log2(static_cast<double>(h.count[code]) / size / h.reference[code])) <
               model.limit - kTolerance;
      });
    default:
      return true;
  }
}

bool Judge::Holds(uint32_t size, uint32_t population) const {
  if (size < least_size_ || (least_population_ > 1 && population < least_population_)) return false;
  for (const PrivacyModel& model : presence_) {
    const double share = population == 0 ? 1.0 : static_cast<double>(size) / population;
    if (share < model.lower - kTolerance || share > model.limit + kTolerance) return false;
  }
  for (const Histogram& histogram : histograms_) {
    for (const PrivacyModel& model : histogram.models) {
      if (!Satisfies(model, histogram, size)) return false;
    }
  }
  return true;
}

}  // namespace reprise::extract::anonymisation
