// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/guard/pair.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

namespace reprise::extract::guard {
namespace {

// Groups of classes that share persons: earlier classes first, the request's after them.
class Components {
 public:
  explicit Components(size_t nodes) : parent_(nodes) {
    std::iota(parent_.begin(), parent_.end(), size_t{0});
  }
  size_t Find(size_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  void Unite(size_t a, size_t b) { parent_[Find(a)] = Find(b); }

 private:
  std::vector<size_t> parent_;
};

class Checker {
 public:
  Checker(const Beside& pair, const Numbered& request, const Rules& rules)
      : pair_(pair), request_(request), rules_(rules), meetings_(Join(pair, request)) {}

  PairResult Run() {
    Persons();
    Intersections();
    Remainders();
    for (const auto& [column, values] : pair_.earlier.values) {
      const auto there = request_.values.find(column);
      if (there != request_.values.end()) Values(column, values, there->second);
    }
    Cells();
    return std::move(out_);
  }

 private:
  bool Small(uint64_t persons) const { return persons > 0 && persons < rules_.k; }

  void Report(Rule rule, uint64_t size, uint64_t places, const std::string& column = "") {
    for (Finding& finding : out_.findings) {
      if (finding.rule != rule || finding.column != column) continue;
      finding.smallest = std::min(finding.smallest, size);
      finding.places += places;
      return;
    }
    out_.findings.push_back({.rule = rule,
                             .earlier = pair_.earlier.release->id,
                             .recipient = pair_.earlier.release->recipient,
                             .smallest = size,
                             .places = places,
                             .column = column});
  }

  void Persons() {
    const uint64_t left =
        static_cast<uint64_t>(std::count(pair_.place.begin(), pair_.place.end(), kAbsent));
    const uint64_t joined = pair_.new_ones.size();
    if (Small(left)) Report(Rule::kPersonsLeft, left, left);
    if (Small(joined)) Report(Rule::kPersonsJoined, joined, joined);
  }

  // All classes of the request that meet an earlier class, so that its members stay together.
  void MergeAround(uint32_t earlier_class) {
    uint32_t first = kAbsent;
    for (const Meeting& meeting : meetings_) {
      if (meeting.earlier_class != earlier_class || meeting.request_class == kAbsent) continue;
      if (first == kAbsent)
        first = meeting.request_class;
      else
        out_.merges.emplace_back(first, meeting.request_class);
    }
  }

  void Intersections() {
    const std::vector<uint64_t> before = pair_.earlier.ClassSizes(), after = request_.ClassSizes();
    for (const Meeting& meeting : meetings_) {
      if (meeting.earlier_class == kAbsent || meeting.request_class == kAbsent) continue;
      if (!Small(meeting.persons) || meeting.persons == before[meeting.earlier_class] ||
          meeting.persons == after[meeting.request_class]) {
        continue;
      }
      Report(Rule::kClassIntersection, meeting.persons, 1);
      MergeAround(meeting.earlier_class);
    }
  }

  // Where groups of classes hold the same persons in both releases but for a few, subtracting one
  // from the other shows the records of those few.
  void Remainders() {
    const size_t offset = pair_.earlier.class_names.size();
    Components components(offset + request_.class_names.size());
    for (const Meeting& meeting : meetings_) {
      if (meeting.earlier_class == kAbsent || meeting.request_class == kAbsent) continue;
      components.Unite(meeting.earlier_class, offset + meeting.request_class);
    }
    std::map<size_t, std::pair<uint64_t, uint64_t>> left_and_joined;
    for (const Meeting& meeting : meetings_) {
      if (meeting.request_class == kAbsent) {
        left_and_joined[components.Find(meeting.earlier_class)].first += meeting.persons;
      } else if (meeting.earlier_class == kAbsent) {
        left_and_joined[components.Find(offset + meeting.request_class)].second += meeting.persons;
      }
    }
    for (const auto& [component, counts] : left_and_joined) {
      for (const uint64_t persons : {counts.first, counts.second}) {
        if (!Small(persons)) continue;
        Report(Rule::kClassRemainder, persons, 1);
        MergeWithAnother(components, component, offset);
      }
    }
  }

  void MergeWithAnother(Components& components, size_t component, size_t offset) {
    uint32_t inside = kAbsent, outside = kAbsent;
    for (uint32_t c = 0; c < request_.class_names.size(); ++c) {
      (components.Find(offset + c) == component ? inside : outside) = c;
    }
    if (inside != kAbsent && outside != kAbsent) out_.merges.emplace_back(inside, outside);
  }

  void Values(const std::string& column, const std::vector<uint32_t>& before,
              const std::vector<uint32_t>& after) {
    const auto of_earlier = ValuesByClass(pair_.earlier, before);
    const auto of_request = ValuesByClass(request_, after);
    for (const Meeting& meeting : meetings_) {
      if (meeting.earlier_class == kAbsent || meeting.request_class == kAbsent) continue;
      const std::vector<uint32_t>& a = of_earlier[meeting.earlier_class];
      const std::vector<uint32_t>& b = of_request[meeting.request_class];
      std::vector<uint32_t> possible;
      std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(possible));
      if (possible.size() >= rules_.l || possible.size() == a.size()) continue;
      Report(Rule::kSensitiveValues, possible.size(), 1, column);
      MergeAround(meeting.earlier_class);
    }
  }

  void Cells() {
    std::map<std::pair<std::string, std::string>, uint64_t> before;
    for (const TableCell& cell : pair_.earlier.release->cells)
      before[{cell.table, cell.cell}] = cell.count;
    for (const TableCell& cell : request_.release->cells) {
      const auto there = before.find({cell.table, cell.cell});
      if (there == before.end()) continue;
      const uint64_t difference =
          cell.count > there->second ? cell.count - there->second : there->second - cell.count;
      if (difference > 0 && difference < rules_.smallest_count)
        Report(Rule::kCellDifference, difference, 1);
    }
  }

  const Beside& pair_;
  const Numbered& request_;
  const Rules& rules_;
  std::vector<Meeting> meetings_;
  PairResult out_;
};

}  // namespace

PairResult CheckPair(const Beside& pair, const Numbered& request, const Rules& rules) {
  return Checker(pair, request, rules).Run();
}

}  // namespace reprise::extract::guard
