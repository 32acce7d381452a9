// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/promises.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/risk/errors.h"
#include "services/extract/domain/risk/uniqueness.h"
#include "services/platform/status.h"

namespace reprise::extract::risk {
namespace {

constexpr double kSlack = 1e-9;  // rounding of sums of fractions; on the limit is within it

// What is judged: all classes by one figure each, where less (or more) is worse.
struct Judged {
  const Sample& sample;
  const Promise& promise;

  // `figure(c)` for each class; the promise holds when `holds(figure)` does for every one.
  PromiseOutcome Classes(bool less_is_worse, const std::function<double(uint32_t)>& figure,
                         const std::function<bool(double)>& holds) const {
    PromiseOutcome out{.text = promise.text,
                       .holds = true,
                       .reached = 0,
                       .worst_record = 0,
                       .worst_class_size = 0};
    for (uint32_t c = 0; c < sample.classes.size.size(); ++c) {
      const double value = figure(c);
      out.holds = out.holds && holds(value);
      if (c > 0 && (less_is_worse ? value >= out.reached : value <= out.reached)) continue;
      out.reached = value;
      out.worst_record = sample.record_of_person[sample.classes.first_row[c]];
      out.worst_class_size = sample.classes.size[c];
    }
    return out;
  }
  PromiseOutcome AtLeast(double limit, const std::function<double(uint32_t)>& figure) const {
    return Classes(true, figure, [limit](double value) { return value >= limit - kSlack; });
  }
  PromiseOutcome AtMost(double limit, const std::function<double(uint32_t)>& figure) const {
    return Classes(false, figure, [limit](double value) { return value <= limit + kSlack; });
  }
  PromiseOutcome Whole(double reached, bool holds) const {
    return {.text = promise.text,
            .holds = holds,
            .reached = reached,
            .worst_record = 0,
            .worst_class_size = 0};
  }
};

PromiseOutcome CheckSizes(const Judged& judged, const Matches* matches) {
  const Sample& sample = judged.sample;
  const Promise& promise = judged.promise;
  const auto size = [&](uint32_t c) { return static_cast<double>(sample.classes.size[c]); };
  if (promise.kind == "k") return judged.AtLeast(promise.numbers[0], size);
  if (promise.kind == "km") {
    return judged.AtLeast(promise.numbers[0], [&](uint32_t c) {
      return matches ? static_cast<double>(matches->of_class[c]) : size(c);
    });
  }
  if (promise.kind == "dp") {
    if (matches == nullptr) return judged.Whole(1, false);
    const double low = promise.numbers[0] - kSlack, high = promise.numbers[1] + kSlack;
    PromiseOutcome out = judged.Classes(
        false, [&](uint32_t c) { return size(c) / static_cast<double>(matches->of_class[c]); },
        [low, high](double share) { return share >= low && share <= high; });
    if (low > 0 && matches->somebody_excluded) out.holds = false;
    return out;
  }
  const double published = static_cast<double>(sample.published());
  if (published == 0) return judged.Whole(0, true);
  const double limit = promise.numbers[0] + kSlack;
  if (promise.kind == "avg") {
    const double risk = static_cast<double>(sample.classes.size.size()) / published;
    return judged.Whole(risk, risk <= limit);
  }
  const auto histogram = sample.classes.Histogram();
  double share = 0;
  if (promise.kind == "su") {
    const auto uniques = histogram.find(1);
    share = uniques == histogram.end() ? 0 : uniques->second / published;
  } else {
    share = EstimateUniqueness(histogram, promise.numbers[1]).dankar;
  }
  return judged.Whole(share, share <= limit);
}

// Entropy is compared in bits, since 2^bits magnifies its rounding.
PromiseOutcome CheckDiversity(const Judged& judged, const std::vector<ClassCounts>& counts) {
  const Promise& promise = judged.promise;
  if (promise.kind == "dl") {
    return judged.AtLeast(promise.numbers[0],
                          [&](uint32_t c) { return static_cast<double>(counts[c].size()); });
  }
  if (promise.kind == "el") {
    PromiseOutcome out = judged.AtLeast(std::log2(promise.numbers[0]),
                                        [&](uint32_t c) { return EntropyBits(counts[c]); });
    out.reached = std::exp2(out.reached);
    return out;
  }
  const size_t l = static_cast<size_t>(promise.numbers[1]);
  return judged.Classes(
      false, [&](uint32_t c) { return RecursiveRatio(counts[c], l); },
      [&](double ratio) { return ratio < promise.numbers[0]; });
}

PromiseOutcome CheckDistance(const Judged& judged, const std::vector<ClassCounts>& counts,
                             const Reference& all) {
  const Promise& promise = judged.promise;
  const double limit = promise.numbers[0];
  if (promise.kind == "te") {
    return judged.AtMost(limit, [&](uint32_t c) { return EqualDistance(counts[c], all); });
  }
  if (promise.kind == "to") {
    return judged.AtMost(limit, [&](uint32_t c) { return OrderedDistance(counts[c], all); });
  }
  if (promise.kind == "dd") {
    return judged.Classes(
        false, [&](uint32_t c) { return DeltaDisclosure(counts[c], all); },
        [limit](double delta) { return delta < limit; });
  }
  PromiseOutcome out = judged.Classes(
      false, [&](uint32_t c) { return BasicBeta(counts[c], all); }, [](double) { return true; });
  out.holds = std::all_of(counts.begin(), counts.end(),
                          [&](const ClassCounts& c) { return EnhancedBetaHolds(c, all, limit); });
  return out;
}

}  // namespace

std::vector<ClassCounts> CountByClass(const Grouping& classes, const Codes& column) {
  std::vector<size_t> start(classes.size.size() + 1, 0);
  for (size_t c = 0; c < classes.size.size(); ++c) start[c + 1] = start[c] + classes.size[c];
  std::vector<uint32_t> codes(start.back());
  std::vector<size_t> next(start.begin(), start.end() - 1);
  for (size_t row = 0; row < classes.class_of.size(); ++row) {
    if (classes.class_of[row] != kNoClass) codes[next[classes.class_of[row]]++] = column.of[row];
  }
  std::vector<ClassCounts> out(classes.size.size());
  for (size_t c = 0; c < out.size(); ++c) {
    const auto begin = codes.begin() + static_cast<long>(start[c]);
    const auto end = codes.begin() + static_cast<long>(start[c + 1]);
    std::sort(begin, end);
    for (auto at = begin; at != end; ++at) {
      if (out[c].empty() || out[c].back().first != *at) out[c].emplace_back(*at, 0);
      ++out[c].back().second;
    }
  }
  return out;
}

Reference ReferenceOf(const SampleColumn& column) {
  std::vector<uint32_t> counts(column.codes.distinct, 0);
  for (const uint32_t code : column.codes.of) ++counts[code];
  return Reference(column.texts, std::move(counts));
}

absl::StatusOr<std::vector<uint32_t>> DomainLabels(const SampleColumn& column,
                                                   const LabelTree& tree, const std::string& file) {
  std::vector<uint32_t> labels;
  for (uint32_t code = 0; code < column.texts.size(); ++code) {
    const int64_t label = tree.Find(column.texts[code]);
    if (label < 0 || static_cast<size_t>(label) >= tree.values()) {
      const auto first = std::find(column.codes.of.begin(), column.codes.of.end(), code);
      return DataInvalid(
          "DATA_VALUE_UNKNOWN", file, static_cast<size_t>(first - column.codes.of.begin()) + 2,
          absl::StrCat("Column '", column.name, "' holds a text that is not in its hierarchy."));
    }
    labels.push_back(static_cast<uint32_t>(label));
  }
  return labels;
}

absl::StatusOr<std::vector<PromiseOutcome>> CheckPromises(const Sample& sample,
                                                          const VerifierCase& request,
                                                          const Population* population,
                                                          const std::string& file) {
  Matches matches;
  if (population != nullptr) matches = MatchPopulation(sample, *population);
  std::vector<PromiseOutcome> outcomes;
  for (const Promise& promise : request.promises) {
    const Judged judged{sample, promise};
    if (promise.attribute.empty()) {
      outcomes.push_back(CheckSizes(judged, population ? &matches : nullptr));
      continue;
    }
    const auto column =
        std::find_if(sample.sensitive.begin(), sample.sensitive.end(),
                     [&](const SampleColumn& c) { return c.name == promise.attribute; });
    REPRISE_CHECK(column != sample.sensitive.end());  // ReadCase lists every promise's column
    const std::vector<ClassCounts> counts = CountByClass(sample.classes, column->codes);
    if (promise.kind == "dl" || promise.kind == "el" || promise.kind == "rl") {
      outcomes.push_back(CheckDiversity(judged, counts));
      continue;
    }
    const Reference all = ReferenceOf(*column);
    if (promise.kind != "th") {
      outcomes.push_back(CheckDistance(judged, counts, all));
      continue;
    }
    const LabelTree* tree = request.Tree(promise.attribute);
    if (tree == nullptr) {
      return HierarchyInvalid("MISSING", promise.attribute, 1,
                              "The hierarchical distance needs the column's hierarchy.");
    }
    REPRISE_ASSIGN_OR_RETURN(const std::vector<uint32_t> labels,
                             DomainLabels(*column, *tree, file));
    outcomes.push_back(judged.AtMost(promise.numbers[0], [&](uint32_t c) {
      return HierarchicalDistance(counts[c], all, *tree, labels);
    }));
  }
  return outcomes;
}

}  // namespace reprise::extract::risk
