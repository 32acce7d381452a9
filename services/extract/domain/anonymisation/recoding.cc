// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/recoding.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "services/extract/domain/anonymisation/judge.h"
#include "services/extract/domain/anonymisation/overall.h"

namespace reprise::extract::anonymisation {
namespace {

bool Released(const Records& records, size_t person) {
  return records.released.empty() || records.released[person] != 0;
}

// Released persons per class.
std::vector<uint32_t> Sizes(const Records& records, const Recoding& recoding) {
  std::vector<uint32_t> sizes(recoding.labels.size() / records.attributes(), 0);
  for (size_t p = 0; p < recoding.class_of_person.size(); ++p) {
    if (Released(records, p) && recoding.class_of_person[p] != kNoClass)
      ++sizes[recoding.class_of_person[p]];
  }
  return sizes;
}

// New number of each class: that of the first class with the same labels.
std::vector<uint32_t> Merged(const Records& records, const Recoding& recoding) {
  const size_t m = records.attributes();
  std::vector<uint32_t> number(recoding.labels.size() / m);
  absl::flat_hash_map<absl::string_view, uint32_t> known;
  for (uint32_t c = 0; c < number.size(); ++c) {
    const absl::string_view bytes(reinterpret_cast<const char*>(&recoding.labels[c * m]),
                                  m * sizeof(uint32_t));
    number[c] = known.emplace(bytes, c).first->second;
  }
  return number;
}

bool AllTop(const Records& records, const uint32_t* labels) {
  for (size_t a = 0; a < records.attributes(); ++a) {
    if (labels[a] != records.qis[a]->label_of.back()[0]) return false;
  }
  return true;
}

void CountLosses(const Records& records, const Recoding& recoding,
                 const std::vector<uint32_t>& sizes, Summary& summary) {
  const double n = static_cast<double>(records.persons);
  double geometric = 0, shares = 0, ones = 0;
  summary.per_qi_loss.assign(records.attributes(), 0.0);
  for (size_t a = 0; a < records.attributes(); ++a) {
    double sum = static_cast<double>(summary.suppressed);
    for (size_t c = 0; c < sizes.size(); ++c) {
      sum += sizes[c] * records.qis[a]->Loss(recoding.labels[c * records.attributes() + a]);
    }
    const double loss = sum / n;
    const double one = 1.0 / static_cast<double>(records.qis[a]->size());
    summary.per_qi_loss[records.case_index[a]] = loss;
    summary.loss_arithmetic_mean += loss / static_cast<double>(records.attributes());
    geometric += std::log1p(loss) / static_cast<double>(records.attributes());
    shares += loss * (1 - one);
    ones += 1 - one;
  }
  summary.loss_geometric_mean = std::expm1(geometric);
  summary.granularity = ones > 0 ? shares / ones : 0;
}

// The part of one attribute whose values all stand at one level.
double UniformEntropy(const Records& records, size_t a, int level,
                      const std::vector<double>& of_label) {
  const Hierarchy& hierarchy = *records.qis[a];
  std::vector<double> of_value(hierarchy.size(), 0.0);
  for (size_t t = 0; t < records.tuples(); ++t) of_value[records.value[a][t]] += records.count[t];
  double sum = 0;
  for (size_t v = 0; v < of_value.size(); ++v) {
    if (of_value[v] > 0)
      sum += of_value[v] * std::log2(of_label[hierarchy.label_of[level][v]] / of_value[v]);
  }
  return sum;
}

// See Metric::kNonUniformEntropy. A suppressed person's label before suppression is that of the
// node where one level a column was chosen, and the value itself elsewhere.
double Entropy(const Records& records, const Recoding& recoding, uint64_t suppressed) {
  const size_t m = records.attributes();
  const bool uniform = recoding.method == "optimal";
  double total = 0;
  for (size_t a = 0; a < m; ++a) {
    const Hierarchy& hierarchy = *records.qis[a];
    std::vector<double> of_label(hierarchy.labels.size(), 0.0), gone(hierarchy.labels.size(), 0.0);
    absl::flat_hash_map<uint64_t, double> pairs;  // label before suppression and value
    for (size_t p = 0; p < recoding.class_of_person.size(); ++p) {
      if (!Released(records, p)) continue;
      const uint32_t value = records.value[a][records.tuple_of_person[p]];
      const uint32_t c = recoding.class_of_person[p];
      const uint32_t before = uniform ? hierarchy.label_of[recoding.levels[a]][value] : value;
      const uint32_t label = c == kNoClass ? before : recoding.labels[c * m + a];
      ++of_label[label];
      if (!uniform) ++pairs[uint64_t{label} << 32 | value];
      if (c == kNoClass) ++gone[before];
    }
    for (const auto& [pair, count] : pairs)
      total += count * std::log2(of_label[pair >> 32] / count);
    if (uniform) total += UniformEntropy(records, a, recoding.levels[a], of_label);
    for (const double count : gone) {
      if (count > 0) total += count * std::log2(static_cast<double>(suppressed) / count);
    }
  }
  return total / static_cast<double>(m);
}

double ScoreOf(Metric metric, const Summary& summary) {
  switch (metric) {
    case Metric::kLossArithmetic:
      return summary.loss_arithmetic_mean;
    case Metric::kLossGeometric:
      return summary.loss_geometric_mean;
    case Metric::kGranularity:
      return summary.granularity;
    case Metric::kDiscernibility:
      return summary.discernibility;
    case Metric::kAverageClassSize:
      return summary.average_class_size;
    case Metric::kNonUniformEntropy:
      return summary.nonuniform_entropy;
  }
  return 0;
}

}  // namespace

uint64_t SuppressionLimit(const Case& request, const Records& records) {
  return static_cast<uint64_t>(
      std::floor(request.suppression_limit * static_cast<double>(records.persons) + 1e-9));
}

void Canonicalise(const Records& records, Recoding& recoding) {
  const size_t m = records.attributes();
  const std::vector<uint32_t> merged = Merged(records, recoding);
  const std::vector<uint32_t> sizes = Sizes(records, recoding);
  std::vector<uint32_t> number(merged.size(), kNoClass);
  std::vector<uint32_t> labels;
  uint32_t next = 0;
  for (uint32_t& c : recoding.class_of_person) {
    if (c == kNoClass) continue;
    const uint32_t from = merged[c];
    if (number[from] == kNoClass) {
      if (AllTop(records, &recoding.labels[from * m])) {
        uint64_t together = 0;
        for (size_t i = 0; i < merged.size(); ++i) together += merged[i] == from ? sizes[i] : 0;
        if (together < records.persons) {
          c = kNoClass;
          continue;
        }
      }
      number[from] = next++;
      labels.insert(labels.end(), &recoding.labels[from * m], &recoding.labels[from * m] + m);
    }
    c = number[from];
  }
  recoding.labels = std::move(labels);
}

Summary Summarise(const Case& request, const Records& records, const Recoding& recoding) {
  Summary summary;
  const std::vector<uint32_t> sizes = Sizes(records, recoding);
  const double n = static_cast<double>(records.persons);
  uint64_t kept = 0;
  double squares = 0;
  for (const uint32_t size : sizes) {
    if (size == 0) continue;
    ++summary.classes;
    ++summary.class_sizes[size];
    kept += size;
    squares += static_cast<double>(size) * size;
  }
  summary.suppressed = records.persons - kept;
  CountLosses(records, recoding, sizes, summary);
  summary.discernibility = squares + n * static_cast<double>(summary.suppressed);
  summary.average_class_size =
      n / static_cast<double>(summary.classes + (summary.suppressed > 0 ? 1 : 0));
  summary.nonuniform_entropy = Entropy(records, recoding, summary.suppressed);
  if (kept > 0) {
    summary.min_class = summary.class_sizes.begin()->first;
    summary.highest_risk = 1.0 / static_cast<double>(summary.min_class);
    summary.average_risk = static_cast<double>(summary.classes) / static_cast<double>(kept);
  }
  summary.score = ScoreOf(request.metric, summary);
  return summary;
}

bool Satisfies(const Case& request, const Records& records, const Recoding& recoding) {
  const std::vector<uint32_t> sizes = Sizes(records, recoding);
  std::vector<size_t> start(sizes.size() + 1, 0);
  for (size_t c = 0; c < sizes.size(); ++c) start[c + 1] = start[c] + sizes[c];
  std::vector<uint32_t> tuples(start.back());
  std::vector<size_t> cursor(start.begin(), start.end() - 1);
  uint64_t suppressed = 0;
  for (size_t p = 0; p < recoding.class_of_person.size(); ++p) {
    const uint32_t c = recoding.class_of_person[p];
    if (c == kNoClass) ++suppressed;
    if (c != kNoClass) tuples[cursor[c]++] = records.tuple_of_person[p];
  }
  if (suppressed > SuppressionLimit(request, records)) return false;
  Judge judge(request, records);
  SizeHistogram histogram;
  for (size_t c = 0; c < sizes.size(); ++c) {
    judge.Clear();
    for (size_t i = start[c]; i < start[c + 1]; ++i) judge.Add(tuples[i], 1);
    if (!judge.Holds(sizes[c], 0)) return false;
    ++histogram[sizes[c]];
  }
  return OverallHolds(request, histogram);
}

}  // namespace reprise::extract::anonymisation
