// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/records.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/tuple_ids.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::extract::anonymisation {
namespace {

// New codes in the order of values (model.h), so that ordered closeness can take them as they are.
std::vector<uint32_t> OrderValues(const Column& column, SensitiveColumn& out) {
  std::vector<double> numbers;
  for (const std::string& value : column.values) {
    const absl::StatusOr<double> number = text::ParseDouble(value, "");
    if (!number.ok()) break;
    numbers.push_back(*number);
  }
  const bool numeric = numbers.size() == column.values.size();
  std::vector<uint32_t> order(column.values.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](uint32_t x, uint32_t y) {
    if (numeric && numbers[x] != numbers[y]) return numbers[x] < numbers[y];
    return column.values[x] < column.values[y];
  });
  std::vector<uint32_t> renumbered(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) renumbered[order[i]] = i;
  out.values = static_cast<uint32_t>(order.size());
  if (out.hierarchy != nullptr)
    out.value_of = order;  // codes of the table are the hierarchy's values
  return renumbered;
}

// First row of every person, or all rows where no person column is named.
absl::StatusOr<std::vector<uint32_t>> FirstRows(const Case& request, const Table& table,
                                                absl::string_view file, Records& records) {
  std::vector<uint32_t> first(request.person.empty() ? table.rows : 0);
  if (request.person.empty()) {
    std::iota(first.begin(), first.end(), 0);
    return first;
  }
  records.person_of_row = table.columns.back().codes;
  first.assign(table.columns.back().values.size(), UINT32_MAX);
  for (uint32_t row = 0; row < table.rows; ++row) {
    uint32_t& known = first[records.person_of_row[row]];
    if (known == UINT32_MAX) known = row;
    for (size_t i = 0; i + 1 < table.columns.size(); ++i) {
      const Column& column = table.columns[i];
      if (column.codes[row] == column.codes[known]) continue;
      const size_t place =
          std::find(table.header.begin(), table.header.end(), column.name) - table.header.begin();
      return PersonRowsDifferError({file, row + 2, place + 1}, column.name);
    }
  }
  return first;
}

std::vector<uint32_t> OfPersons(const Column& column, const std::vector<uint32_t>& first_rows) {
  std::vector<uint32_t> taken(first_rows.size());
  for (size_t p = 0; p < taken.size(); ++p) taken[p] = column.codes[first_rows[p]];
  return taken;
}

// The columns that models judge, with their codes in the order of values.
absl::Status AddSensitives(const Case& request, const Table& table,
                           const std::vector<uint32_t>& first_rows,
                           const std::vector<Hierarchy>& hierarchies, Records& records,
                           std::vector<std::vector<uint32_t>>& codes) {
  const Demand demand = DemandOf(request);
  for (size_t s = 0; s < demand.sensitives.size(); ++s) {
    SensitiveColumn column{.name = demand.sensitives[s], .value_of = {}};
    if (std::find(demand.with_hierarchy.begin(), demand.with_hierarchy.end(), column.name) !=
        demand.with_hierarchy.end()) {
      column.hierarchy = FindHierarchy(hierarchies, column.name);
      if (column.hierarchy == nullptr) return HierarchyMissingError(column.name);
    }
    const Column& data = table.columns[request.qis.size() + s];
    const std::vector<uint32_t> renumbered = OrderValues(data, column);
    codes.push_back(OfPersons(data, first_rows));
    for (uint32_t& code : codes.back()) code = renumbered[code];
    records.sensitives.push_back(std::move(column));
  }
  return absl::OkStatus();
}

void CountTuples(uint32_t tuples, const absl::optional<Subset>& subset, Records& records) {
  records.count.assign(tuples, 0);
  if (!subset.has_value()) {
    for (const uint32_t tuple : records.tuple_of_person) ++records.count[tuple];
    records.persons = records.tuple_of_person.size();
    return;
  }
  records.released.assign(records.tuple_of_person.size(), 0);
  for (const uint32_t row : *subset) {
    records.released[records.person_of_row.empty() ? row : records.person_of_row[row]] = 1;
  }
  records.population.assign(tuples, 0);
  for (size_t p = 0; p < records.tuple_of_person.size(); ++p) {
    ++records.population[records.tuple_of_person[p]];
    records.count[records.tuple_of_person[p]] += records.released[p];
    records.persons += records.released[p];
  }
}

// Tuples that have become equal are one.
void MergeTuples(Records& records) {
  std::vector<Coded> coded;
  for (size_t a = 0; a < records.attributes(); ++a)
    coded.push_back({&records.value[a], records.qis[a]->size()});
  for (size_t s = 0; s < records.sensitives.size(); ++s) {
    coded.push_back({&records.sensitive[s], std::max<uint64_t>(1, records.sensitives[s].values)});
  }
  uint32_t tuples = 0;
  const std::vector<uint32_t> merged = TupleIds(coded, records.tuples(), tuples);
  const auto pick = [&](std::vector<uint32_t>& column) {
    std::vector<uint32_t> picked(tuples);
    for (size_t t = 0; t < column.size(); ++t) picked[merged[t]] = column[t];
    column.swap(picked);
  };
  const auto add = [&](std::vector<uint32_t>& column) {
    if (column.empty()) return;
    std::vector<uint32_t> sums(tuples, 0);
    for (size_t t = 0; t < column.size(); ++t) sums[merged[t]] += column[t];
    column.swap(sums);
  };
  for (auto& column : records.value) pick(column);
  for (auto& column : records.sensitive) pick(column);
  add(records.count);
  add(records.population);
  for (uint32_t& tuple : records.tuple_of_person) tuple = merged[tuple];
}

}  // namespace

Records WithoutAttribute(const Records& records, size_t a) {
  Records rest = records;
  const int gone = rest.case_index[a];
  rest.qis.erase(rest.qis.begin() + a);
  rest.case_index.erase(rest.case_index.begin() + a);
  rest.value.erase(rest.value.begin() + a);
  for (int& index : rest.case_index) index -= index > gone ? 1 : 0;
  MergeTuples(rest);
  return rest;
}

Records Coarsened(const Records& records, size_t a, int level, Hierarchy& coarser) {
  coarser = *records.qis[a];
  coarser.label_of.erase(coarser.label_of.begin(), coarser.label_of.begin() + level);
  std::vector<uint32_t> first(coarser.labels.size(), UINT32_MAX);
  std::vector<uint32_t> stands_for(coarser.size());
  for (uint32_t v = 0; v < coarser.size(); ++v) {
    uint32_t& known = first[coarser.label_of[0][v]];
    if (known == UINT32_MAX) known = v;
    stands_for[v] = known;
  }
  Records rest = records;
  rest.qis[a] = &coarser;
  for (uint32_t& value : rest.value[a]) value = stands_for[value];
  MergeTuples(rest);
  return rest;
}

const Hierarchy* FindHierarchy(const std::vector<Hierarchy>& hierarchies,
                               absl::string_view attribute) {
  for (const Hierarchy& hierarchy : hierarchies) {
    if (hierarchy.attribute == attribute) return &hierarchy;
  }
  return nullptr;
}

Demand DemandOf(const Case& request) {
  Demand demand;
  const auto add = [](std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  };
  for (const PrivacyModel& model : request.models) {
    if (!model.attribute.empty()) add(demand.sensitives, model.attribute);
    if (model.kind == PrivacyModel::Kind::kHierarchicalCloseness)
      add(demand.with_hierarchy, model.attribute);
  }
  std::sort(demand.sensitives.begin(), demand.sensitives.end());
  return demand;
}

absl::StatusOr<Records> MakeRecords(const Case& request, const Table& table, absl::string_view file,
                                    const std::vector<Hierarchy>& hierarchies,
                                    const absl::optional<Subset>& subset) {
  Records records;
  records.case_index.resize(request.qis.size());
  std::iota(records.case_index.begin(), records.case_index.end(), 0);
  std::sort(records.case_index.begin(), records.case_index.end(),
            [&](int x, int y) { return request.qis[x] < request.qis[y]; });
  REPRISE_ASSIGN_OR_RETURN(const std::vector<uint32_t> first,
                           FirstRows(request, table, file, records));
  std::vector<std::vector<uint32_t>> codes;
  std::vector<Coded> coded;
  for (const int qi : records.case_index) {
    records.qis.push_back(FindHierarchy(hierarchies, request.qis[qi]));
    if (records.qis.back() == nullptr) return HierarchyMissingError(request.qis[qi]);
    codes.push_back(OfPersons(table.columns[qi], first));
    coded.push_back({nullptr, records.qis.back()->size()});
  }
  REPRISE_RETURN_IF_ERROR(AddSensitives(request, table, first, hierarchies, records, codes));
  for (const SensitiveColumn& column : records.sensitives)
    coded.push_back({nullptr, std::max(1u, column.values)});
  for (size_t i = 0; i < codes.size(); ++i) coded[i].codes = &codes[i];
  uint32_t tuples = 0;
  records.tuple_of_person = TupleIds(coded, first.size(), tuples);
  CountTuples(tuples, subset, records);
  for (size_t i = 0; i < codes.size(); ++i) {
    std::vector<uint32_t> values(tuples);
    for (size_t p = 0; p < first.size(); ++p) values[records.tuple_of_person[p]] = codes[i][p];
    (i < records.attributes() ? records.value : records.sensitive).push_back(std::move(values));
  }
  return records;
}

}  // namespace reprise::extract::anonymisation
