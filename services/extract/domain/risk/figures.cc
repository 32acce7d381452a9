// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/figures.h"

#include <algorithm>
#include <cmath>

namespace reprise::extract::risk {

Figures CountFigures(const Sample& sample) {
  Figures out;
  out.persons = sample.persons;
  out.suppressed_records = sample.suppressed_persons;
  out.classes = sample.classes.size.size();
  out.min_class = sample.classes.Smallest();
  out.class_size_histogram = sample.classes.Histogram();
  const double n = static_cast<double>(sample.persons);
  const double suppressed = static_cast<double>(sample.suppressed_persons);
  if (out.classes > 0) {
    out.prosecutor_highest_risk = 1.0 / out.min_class;
    out.average_risk = static_cast<double>(out.classes) / (n - suppressed);
  }
  out.discernibility = suppressed * n;
  for (const uint32_t size : sample.classes.size) out.discernibility += double(size) * size;
  const size_t groups = out.classes + (sample.suppressed_persons > 0 ? 1 : 0);
  if (groups > 0) out.average_class_size = n / static_cast<double>(groups);
  return out;
}

std::optional<LossFigures> CountLoss(const Sample& sample) {
  LossFigures out;
  double share_sum = 0, finest_sum = 0, log_product = 0;
  const double n = static_cast<double>(std::max<size_t>(sample.persons, 1));
  for (const SampleColumn& column : sample.qis) {
    if (column.tree == nullptr) return std::nullopt;
    std::vector<size_t> cells(column.codes.distinct, 0);
    for (size_t person = 0; person < sample.persons; ++person) {
      if (!sample.suppressed[person]) ++cells[column.codes.of[person]];
    }
    double loss = static_cast<double>(sample.suppressed_persons);
    double share = loss;
    for (uint32_t label = 0; label < cells.size(); ++label) {
      loss += static_cast<double>(cells[label]) * column.tree->Loss(label);
      share += static_cast<double>(cells[label]) * column.tree->Share(label);
    }
    out.per_qi_loss.emplace_back(column.name, loss / n);
    out.loss_arithmetic_mean += loss / n;
    log_product += std::log1p(loss / n);
    share_sum += share / n;
    finest_sum += 1.0 / static_cast<double>(column.tree->values());
  }
  const double m = static_cast<double>(sample.qis.size());
  out.loss_arithmetic_mean /= m;
  out.loss_geometric_mean = std::expm1(log_product / m);
  const double finest = finest_sum / m;
  if (finest < 1) out.granularity_loss = (share_sum / m - finest) / (1 - finest);
  return out;
}

std::vector<StarCount> CountStars(const Sample& sample) {
  std::vector<StarCount> out;
  for (const SampleColumn& column : sample.qis) {
    StarCount stars{.name = column.name, .cells = 0};
    std::vector<bool> star(column.codes.distinct);
    for (uint32_t code = 0; code < column.codes.distinct; ++code)
      star[code] = column.text(code) == kStar;
    for (const uint32_t code : column.codes.of) stars.cells += star[code] ? 1 : 0;
    out.push_back(std::move(stars));
  }
  return out;
}

double NonUniformEntropy(const Sample& sample, absl::Span<const Codes> originals) {
  double bits = 0;
  for (size_t q = 0; q < sample.qis.size(); ++q) {
    const SampleColumn& column = sample.qis[q];
    const LabelTree& tree = *column.tree;
    std::vector<double> of_value(tree.values(), 0), below(tree.labels(), 0);
    for (const uint32_t value : originals[q].of) ++of_value[value];
    std::vector<uint32_t> last(tree.labels(), UINT32_MAX);  // a text may stand at several levels
    for (uint32_t value = 0; value < tree.values(); ++value) {
      for (size_t level = 0; level < tree.levels(); ++level) {
        const uint32_t label = tree.Ancestor(value, level);
        if (last[label] != value) below[label] += of_value[value];
        last[label] = value;
      }
    }
    for (size_t person = 0; person < sample.persons; ++person) {
      const uint32_t label = sample.suppressed[person] ? tree.root() : column.codes.of[person];
      bits += std::log2(below[label] / of_value[originals[q].of[person]]);
    }
  }
  return bits;
}

std::vector<uint64_t> CommonLevels(const Sample& sample, absl::Span<const Codes> originals) {
  std::vector<uint64_t> out;
  for (size_t q = 0; q < sample.qis.size(); ++q) {
    const LabelTree& tree = *sample.qis[q].tree;
    const std::vector<uint32_t>& labels = sample.qis[q].codes.of;
    const size_t told = std::min<size_t>(tree.levels(), 64);
    uint64_t levels = UINT64_MAX >> (64 - told);
    for (size_t person = 0; person < labels.size() && levels != 0; ++person) {
      if (sample.suppressed[person]) continue;
      for (size_t level = 0; level < told; ++level) {
        const bool same = tree.Ancestor(originals[q].of[person], level) == labels[person];
        if (!same) levels &= ~(uint64_t{1} << level);
      }
    }
    out.push_back(levels);
  }
  return out;
}

}  // namespace reprise::extract::risk
