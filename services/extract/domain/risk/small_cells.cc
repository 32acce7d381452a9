// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/small_cells.h"

#include <algorithm>
#include <limits>
#include <queue>

namespace reprise::extract::risk {
namespace {

constexpr int64_t kUnbounded = std::numeric_limits<int64_t>::max() / 4;

// A published number: a cell or a total. As a flow from node to node the sums that a reader knows
// become conservation of flow: what a row's cells carry in, its total carries out.
struct Number {
  size_t row, column;
  int from, to;
  int64_t value;
  CellState state = CellState::kOpen;
  bool total = false;
};

// The table as a circulation. Nodes: rows, columns, the row of totals, the column of totals.
class Circulation {
 public:
  Circulation(const FrequencyTable& table, const CellRules& rules) : rules_(rules) {
    const size_t rows = table.cells.size(), columns = rows == 0 ? 0 : table.cells[0].size();
    if (rows == 1) {
      AddOneWay(table.cells[0]);
    } else {
      AddTwoWay(table, rows, columns);
    }
    at_node_.resize(static_cast<size_t>(nodes_));
    for (size_t i = 0; i < numbers_.size(); ++i) {
      Number& number = numbers_[i];
      at_node_[static_cast<size_t>(number.from)].push_back(i);
      at_node_[static_cast<size_t>(number.to)].push_back(i);
      const bool small = number.value < rules.threshold && (number.value > 0 || rules.close_zeros);
      if (small) number.state = CellState::kPrimary;
    }
  }

  std::vector<Number>& numbers() { return numbers_; }

  // Largest change of number `of` in the direction `up` that moves only closed numbers.
  int64_t Slack(size_t of, bool up) const;
  // Closes the cheapest numbers through which `of` may move by `amount`; false if there are none.
  bool OpenWay(size_t of, bool up, int64_t amount);

 private:
  struct Step {
    size_t number;
    bool forward;
  };

  void AddOneWay(const std::vector<uint32_t>& cells) {
    nodes_ = 2;
    int64_t sum = 0;
    for (size_t column = 0; column < cells.size(); ++column) {
      numbers_.push_back({.row = 0, .column = column, .from = 0, .to = 1, .value = cells[column]});
      sum += cells[column];
    }
    numbers_.push_back(
        {.row = 0, .column = cells.size(), .from = 1, .to = 0, .value = sum, .total = true});
  }

  void AddTwoWay(const FrequencyTable& table, size_t rows, size_t columns) {
    const int row_node = 0, column_node = static_cast<int>(rows) + 1;
    nodes_ = static_cast<int>(rows + columns) + 2;
    std::vector<int64_t> column_sum(columns, 0);
    int64_t sum = 0;
    const int all_rows = static_cast<int>(rows),
              all_columns = column_node + static_cast<int>(columns);
    for (size_t r = 0; r < rows; ++r) {
      const int row = row_node + static_cast<int>(r);
      int64_t row_sum = 0;
      for (size_t c = 0; c < columns; ++c) {
        const int64_t value = table.cells[r][c];
        numbers_.push_back({.row = r,
                            .column = c,
                            .from = row,
                            .to = column_node + static_cast<int>(c),
                            .value = value});
        row_sum += value;
        column_sum[c] += value;
      }
      numbers_.push_back({.row = r,
                          .column = columns,
                          .from = all_columns,
                          .to = row,
                          .value = row_sum,
                          .total = true});
      sum += row_sum;
    }
    for (size_t c = 0; c < columns; ++c) {
      numbers_.push_back({.row = rows,
                          .column = c,
                          .from = column_node + static_cast<int>(c),
                          .to = all_rows,
                          .value = column_sum[c],
                          .total = true});
    }
    numbers_.push_back({.row = rows,
                        .column = columns,
                        .from = all_rows,
                        .to = all_columns,
                        .value = sum,
                        .total = true});
  }

  // The cheapest path from `start` to `goal` that avoids number `of`; empty if none. Closed numbers
  // cost nothing, open ones what they hold; each must be able to move by `amount`.
  std::vector<Step> CheapestPath(int start, int goal, size_t of, int64_t amount,
                                 bool closed_only) const;

  CellRules rules_;
  int nodes_ = 0;
  std::vector<Number> numbers_;
  std::vector<std::vector<size_t>> at_node_;  // numbers that begin or end there
};

std::vector<Circulation::Step> Circulation::CheapestPath(int start, int goal, size_t of,
                                                         int64_t amount, bool closed_only) const {
  std::vector<int64_t> cost(static_cast<size_t>(nodes_), kUnbounded);
  std::vector<Step> by(static_cast<size_t>(nodes_));
  using Entry = std::pair<int64_t, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  cost[static_cast<size_t>(start)] = 0;
  queue.emplace(0, start);
  while (!queue.empty()) {
    const auto [so_far, node] = queue.top();
    queue.pop();
    if (so_far > cost[static_cast<size_t>(node)]) continue;
    for (const size_t i : at_node_[static_cast<size_t>(node)]) {
      const Number& number = numbers_[i];
      if (i == of) continue;
      const bool forward = number.from == node;
      if (!forward && number.value < amount) continue;
      const bool closed = number.state != CellState::kOpen;
      // An open zero is known to be zero in most tables, so it hides nothing.
      if (!closed && (closed_only || number.value == 0)) continue;
      const int64_t price = closed ? 0 : number.value + (number.total ? 1'000'000'000 : 0);
      const int next = forward ? number.to : number.from;
      if (so_far + price >= cost[static_cast<size_t>(next)]) continue;
      cost[static_cast<size_t>(next)] = so_far + price;
      by[static_cast<size_t>(next)] = {i, forward};
      queue.emplace(so_far + price, next);
    }
  }
  std::vector<Step> path;
  if (cost[static_cast<size_t>(goal)] == kUnbounded) return path;
  for (int node = goal; node != start;) {
    const Step step = by[static_cast<size_t>(node)];
    path.push_back(step);
    node = step.forward ? numbers_[step.number].from : numbers_[step.number].to;
  }
  return path;
}

int64_t Circulation::Slack(size_t of, bool up) const {
  const Number& number = numbers_[of];
  // More through the number needs as much on a way back from its end to its start; less, the
  // reverse.
  const int start = up ? number.to : number.from, goal = up ? number.from : number.to;
  const int64_t most = up ? kUnbounded : number.value;
  Circulation residual = *this;
  int64_t moved = 0;
  while (moved < most) {
    const std::vector<Step> path = residual.CheapestPath(start, goal, of, 1, true);
    if (path.empty()) return moved;
    int64_t step = most - moved;
    for (const Step& s : path) {
      if (!s.forward) step = std::min(step, residual.numbers_[s.number].value);
    }
    if (step == kUnbounded || step + moved >= kUnbounded) return kUnbounded;  // no bound at all
    for (const Step& s : path) residual.numbers_[s.number].value += s.forward ? step : -step;
    moved += step;
  }
  return moved;
}

bool Circulation::OpenWay(size_t of, bool up, int64_t amount) {
  const Number& number = numbers_[of];
  const int start = up ? number.to : number.from, goal = up ? number.from : number.to;
  const std::vector<Step> path = CheapestPath(start, goal, of, amount, false);
  for (const Step& step : path) {
    CellState& state = numbers_[step.number].state;
    if (state == CellState::kOpen) state = CellState::kSecondary;
  }
  return !path.empty();
}

// Closes ways until primary number `of` may be both zero and at the threshold.
bool Protect(Circulation& flow, size_t of, const CellRules& rules) {
  const int64_t value = flow.numbers()[of].value;
  const int64_t up = rules.threshold - value;
  if (flow.Slack(of, true) < up && !flow.OpenWay(of, true, up)) return false;
  return flow.Slack(of, false) >= value || flow.OpenWay(of, false, value);
}

void Describe(Circulation& flow, bool totals_published, TableProtection& out) {
  const std::vector<Number>& numbers = flow.numbers();
  for (size_t i = 0; i < numbers.size(); ++i) {
    const Number& number = numbers[i];
    if (number.state == CellState::kOpen || (number.total && !totals_published)) continue;
    ClosedCell cell{
        .row = number.row, .column = number.column, .state = number.state, .low = 0, .high = {}};
    const int64_t up = flow.Slack(i, true);
    cell.low = static_cast<uint32_t>(number.value - flow.Slack(i, false));
    if (up < kUnbounded) cell.high = static_cast<uint32_t>(number.value + up);
    if (number.state == CellState::kSecondary && !number.total) {
      out.secondary_sum += static_cast<uint64_t>(number.value);
    }
    out.closed.push_back(cell);
  }
}

}  // namespace

TableProtection ProtectTable(const FrequencyTable& table, const CellRules& rules) {
  TableProtection out;
  if (table.cells.empty() || table.cells[0].empty()) return out;
  Circulation flow(table, rules);
  if (!rules.totals_published) {  // nothing ties the cells together
    for (Number& number : flow.numbers()) {
      if (number.total) number.state = CellState::kSecondary;
    }
  }
  std::vector<size_t> primary;
  for (size_t i = 0; i < flow.numbers().size(); ++i) {
    if (flow.numbers()[i].state == CellState::kPrimary) primary.push_back(i);
  }
  for (const size_t i : primary) out.safe = Protect(flow, i, rules) && out.safe;
  // A later way may have used an earlier one's room, so look again with everything in place.
  for (const size_t i : primary) {
    const int64_t value = flow.numbers()[i].value;
    out.safe =
        out.safe && flow.Slack(i, true) >= rules.threshold - value && flow.Slack(i, false) >= value;
  }
  if (!out.safe) {
    for (Number& number : flow.numbers()) {
      if (number.state == CellState::kOpen) number.state = CellState::kSecondary;
    }
  }
  Describe(flow, rules.totals_published, out);
  return out;
}

}  // namespace reprise::extract::risk
