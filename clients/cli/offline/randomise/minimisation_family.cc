// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "clients/cli/offline/randomise/batch_families.h"
#include "clients/cli/offline/randomise/batch_row.h"
#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/history.h"
#include "services/cohort/domain/randomisation/minimise.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

namespace rnd = ::reprise::randomisation;

constexpr int kMostArms = 4;  // the file has columns for A to D

std::string Letter(size_t arm) { return std::string(1, static_cast<char>('A' + arm)); }

absl::Status ReadArms(const RandomiseRow& row, rnd::Design& design) {
  REPRISE_ASSIGN_OR_RETURN(const int64_t arms, row.Whole("n_arms", 2, kMostArms));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<int> ratio, row.WholeVector("ratio"));
  if (static_cast<int64_t>(ratio.size()) != arms) {
    return row.Fault("ratio",
                     absl::StrCat("one ratio for each of the ", arms, " arms is required."));
  }
  for (size_t k = 0; k < ratio.size(); ++k) {
    design.arms.push_back({.code = Letter(k), .ratio = ratio[k]});
  }
  return absl::OkStatus();
}

absl::Status ReadFactors(const RandomiseRow& row, rnd::Design& design) {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<int> levels, row.WholeVector("levels"));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<double> weights, row.NumberVector("weights"));
  if (levels.empty()) return row.Fault("levels", "at least one factor is required.");
  if (weights.size() != levels.size()) {
    return row.Fault("weights", absl::StrCat("one weight for each of the ", levels.size(),
                                             " factors is required."));
  }
  for (size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] < 1 || levels[i] > rnd::kMaxLevels) {
      return row.Fault("levels", absl::StrCat("a factor has 1 to ", rnd::kMaxLevels, " levels."));
    }
    rnd::Factor factor{.name = absl::StrCat("F", i), .levels = {}, .weight = weights[i]};
    for (int level = 0; level < levels[i]; ++level) factor.levels.push_back(absl::StrCat(level));
    design.factors.push_back(std::move(factor));
  }
  return absl::OkStatus();
}

absl::StatusOr<rnd::Design> ReadDesign(const RandomiseRow& row) {
  rnd::Design design;
  REPRISE_RETURN_IF_ERROR(ReadArms(row, design));
  REPRISE_RETURN_IF_ERROR(ReadFactors(row, design));
  REPRISE_ASSIGN_OR_RETURN(design.weight_overall, row.Number("weight_overall"));
  REPRISE_ASSIGN_OR_RETURN(design.p_high, row.Number("p_high"));
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view method, row.Cell("method"));
  if (!rnd::MeasureFromName(method, design.measure)) {
    return row.Fault("method", "range, variance, sd or marginal_balance is required.");
  }
  const absl::Status status = rnd::CheckDesign(design);
  if (!status.ok()) return row.Translate(status);
  return design;
}

absl::StatusOr<std::vector<int>> ReadLevels(const RandomiseRow& row, const rnd::Design& design,
                                            absl::string_view column, absl::string_view text) {
  std::vector<int> levels;
  for (const absl::string_view part : absl::StrSplit(text, ';')) {
    const absl::StatusOr<int64_t> level = text::ParseInt(part, column);
    const size_t at = levels.size();
    if (at >= design.factors.size() || !level.ok() || *level < 0 ||
        *level >= static_cast<int64_t>(design.factors[at].levels.size())) {
      levels.clear();
      break;
    }
    levels.push_back(static_cast<int>(*level));
  }
  if (levels.size() == design.factors.size()) return levels;
  return row.Fault(column,
                   "one level for each factor, numbered from 0, separated by ;, is required.");
}

absl::StatusOr<rnd::HistoryCounts> ReadHistory(const RandomiseRow& row, const rnd::Design& design) {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view cell, row.Cell("history"));
  rnd::HistoryCounts history(design);
  if (cell.empty()) return history;
  for (const absl::string_view record : absl::StrSplit(cell, '|')) {
    const int arm = record.size() > 1 && record[1] == ':' ? record[0] - 'A' : -1;
    if (arm < 0 || arm >= static_cast<int>(design.arms.size())) {
      return row.Fault("history",
                       "records ARM:level;level separated by | are required, ARM one of the arms' "
                       "letters.");
    }
    REPRISE_ASSIGN_OR_RETURN(const std::vector<int> levels,
                             ReadLevels(row, design, "history", record.substr(2)));
    history.Add(levels, arm);
  }
  return history;
}

void AppendArms(const rnd::ArmValues& values, size_t arms, std::vector<std::string>& cells) {
  for (size_t k = 0; k < kMostArms; ++k) {
    cells.push_back(k < arms ? text::FormatDouble(values[k]) : "");
  }
}

absl::StatusOr<std::vector<std::string>> Answer(const RandomiseRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const rnd::Design design, ReadDesign(row));
  REPRISE_ASSIGN_OR_RETURN(const rnd::HistoryCounts history, ReadHistory(row, design));
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view patient, row.Cell("new_patient"));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<int> levels,
                           ReadLevels(row, design, "new_patient", patient));
  const rnd::Minimiser minimiser(design);
  rnd::ArmValues scores{};
  minimiser.Score(history, levels.data(), scores);
  const rnd::ArmSet preferred = minimiser.Preferred(scores);
  const std::vector<int> ratio = rnd::RatioOf(design);
  std::vector<std::string> cells;
  AppendArms(scores, ratio.size(), cells);
  std::string letters;
  for (size_t k = 0; k < ratio.size(); ++k) {
    if ((preferred >> k & 1U) != 0)
      absl::StrAppend(&letters, letters.empty() ? "" : ";", Letter(k));
  }
  cells.push_back(letters);
  AppendArms(rnd::BiasedCoinProbabilities(ratio, preferred, design.p_high), ratio.size(), cells);
  AppendArms(rnd::SharedProbabilities(ratio, preferred, design.p_high), ratio.size(), cells);
  return cells;
}

}  // namespace

Family MinimisationFamily() {
  return {.name = "rand_minimisation",
          .inputs = {"case_id", "tag", "n_arms", "ratio", "levels", "weights", "weight_overall",
                     "method", "p_high", "history", "new_patient"},
          .outputs = {"score_A", "score_B", "score_C", "score_D", "preferred", "bcm_p_A", "bcm_p_B",
                      "bcm_p_C", "bcm_p_D", "naive_p_A", "naive_p_B", "naive_p_C", "naive_p_D"},
          .run = [](const text::CsvTable& input,
                    const BatchOptions&) -> absl::StatusOr<std::vector<std::vector<std::string>>> {
            std::vector<std::vector<std::string>> rows;
            for (size_t i = 0; i < input.rows.size(); ++i) {
              REPRISE_ASSIGN_OR_RETURN(std::vector<std::string> cells, Answer(RandomiseRow(input, i)));
              rows.push_back(std::move(cells));
            }
            return rows;
          }};
}

}  // namespace reprise::cli
