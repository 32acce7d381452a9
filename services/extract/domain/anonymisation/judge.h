// SPDX-License-Identifier: Apache-2.0
// Whether one class satisfies the models of a case, counted from its histogram of sensitive values.
// Not thread-safe: it owns scratch histograms; copy one per thread.
//   judge.Clear(); judge.Add(tuple, count); ... if (judge.Holds(size, population)) ...
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_JUDGE_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_JUDGE_H_

#include <cstdint>
#include <vector>

#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/records.h"

namespace reprise::extract::anonymisation {

class Judge {
 public:
  // `records` outlives the judge.
  Judge(const Case& request, const Records& records);

  // Every class must have this size, which also follows from diversity: l values need l persons.
  // Bounds may use it, because a class below it has only subclasses below it.
  uint32_t least_size() const { return least_size_; }
  uint32_t least_population() const { return least_population_; }
  // Whether size and population decide, without histograms.
  bool sizes_only() const { return histograms_.empty() && presence_.empty(); }
  // Delta-presence with a lower bound above 0: nobody of the population may be told apart as not
  // released, so that no class of the population may lack released persons.
  bool needs_everybody() const { return needs_everybody_; }
  // Whether models stay to be judged over all classes together (see judge_all.h).
  bool has_overall() const { return has_overall_; }

  void Clear();
  void Add(uint32_t tuple, uint32_t count);
  // `population` is ignored without a subset.
  bool Holds(uint32_t size, uint32_t population) const;

 private:
  struct Histogram {
    const std::vector<uint32_t>* code_of_tuple;
    const SensitiveColumn* column;
    std::vector<double> reference;  // share of each value among the released persons
    std::vector<uint32_t> count;    // of the class at hand
    std::vector<uint32_t> present;  // codes with count > 0
    std::vector<PrivacyModel> models;
  };

  static bool Satisfies(const PrivacyModel& model, const Histogram& histogram, uint32_t size);

  std::vector<Histogram> histograms_;
  std::vector<PrivacyModel> presence_;
  uint32_t least_size_ = 1;
  uint32_t least_population_ = 1;
  bool has_overall_ = false;
  bool needs_everybody_ = false;
};

// Earth mover's distances of a class from the reference, in [0, 1]; `count` sums to `size`.
double EqualDistance(const std::vector<uint32_t>& present, const std::vector<uint32_t>& count,
                     uint32_t size, const std::vector<double>& reference);
double OrderedDistance(const std::vector<uint32_t>& count, uint32_t size,
                       const std::vector<double>& reference);
// Li, Li, Venkatasubramanian 2007: moving between two values costs the level of their group /
// height.
double HierarchicalDistance(const SensitiveColumn& column, const std::vector<uint32_t>& count,
                            uint32_t size, const std::vector<double>& reference);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_JUDGE_H_
