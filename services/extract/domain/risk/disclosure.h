// SPDX-License-Identifier: Apache-2.0
// Attribute disclosure: how far the sensitive values of one class differ from those of everybody.
// Plain arithmetic on counts; the verifier's own, shared with no solver.
// Sources: Machanavajjhala et al. 2007 (l-diversity); Li, Li, Venkatasubramanian 2007
// (t-closeness); Cao, Karras 2012 (beta-likeness); Brickell, Shmatikov 2008 (delta-disclosure).
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_DISCLOSURE_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_DISCLOSURE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"

#include "services/extract/domain/risk/label_tree.h"

namespace reprise::extract::risk {

// Value code and how many persons of the class hold it; codes ascending, counts positive.
using ClassCounts = std::vector<std::pair<uint32_t, uint32_t>>;

// The column over all persons: total counts by code and, for the ordered distance, ranks by code.
class Reference {
 public:
  // `values[code]` are the texts; the order is numeric when all texts are decimal numbers,
  // otherwise by bytes. Codes with count 0 are not part of the domain.
  Reference(const std::vector<std::string>& values, std::vector<uint32_t> counts);

  double total() const { return total_; }
  double Fraction(uint32_t code) const { return counts_[code] / total_; }
  size_t domain() const { return order_.size(); }  // values that occur
  const std::vector<uint32_t>& counts() const { return counts_; }
  // Position of a code in the order, 0-based.
  uint32_t Rank(uint32_t code) const { return rank_[code]; }
  // Sum over ranks a <= i < b of |level - cumulative reference fraction up to and including i|.
  double Deviation(size_t a, size_t b, double level) const;

 private:
  std::vector<uint32_t> counts_;
  double total_ = 0;
  std::vector<uint32_t> order_;  // codes by rank
  std::vector<uint32_t> rank_;
  std::vector<double> cumulative_;      // by rank
  std::vector<double> cumulative_sum_;  // prefix sums of cumulative_, one longer
};

// Shannon entropy in bits. A class is entropy-l-diverse when it is at least log2(l).
double EntropyBits(const ClassCounts& counts);
// r1 / (r_l + ... + r_m), the value that c must exceed; infinity when fewer than l values occur.
double RecursiveRatio(const ClassCounts& counts, size_t l);
// Half the sum of |p - q|.
double EqualDistance(const ClassCounts& counts, const Reference& all);
// Earth mover's distance on ranks: sum of |cumulative differences| / (m - 1); 0 when m = 1.
double OrderedDistance(const ClassCounts& counts, const Reference& all);
// Earth mover's distance on the tree: moving below a group of level j costs j / (levels - 1).
// `label_of[code]` is the domain value's label id in `tree`.
double HierarchicalDistance(const ClassCounts& counts, const Reference& all, const LabelTree& tree,
                            absl::Span<const uint32_t> label_of);
// max over values with p > q of (p - q) / q, what basic beta-likeness would have to allow.
double BasicBeta(const ClassCounts& counts, const Reference& all);
// Whether (p - q) / q <= min(beta, -ln q) for every value with p > q.
bool EnhancedBetaHolds(const ClassCounts& counts, const Reference& all, double beta);
// max of |log2(p / q)| over the values of the class, in bits: the paper leaves the base open, ARX
// takes 2. A value that the class lacks is not counted (as in ARX; read strictly it would be
// infinite, and few files could keep the promise).
double DeltaDisclosure(const ClassCounts& counts, const Reference& all);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_DISCLOSURE_H_
