// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/str_cat.h"

#include "clients/cli/offline/randomise/batch_families.h"
#include "clients/cli/offline/randomise/batch_row.h"
#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/list.h"
#include "services/cohort/domain/randomisation/seed.h"
#include "services/cohort/domain/randomisation/stream.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

namespace rnd = ::reprise::randomisation;

absl::StatusOr<std::vector<std::string>> Answer(const RandomiseRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view hex, row.Cell("seed_hex"));
  const absl::StatusOr<rnd::Seed> seed = rnd::Seed::FromHex(hex, "seed_hex");
  if (!seed.ok()) return row.Translate(seed.status());
  rnd::Design design;
  design.method = rnd::Method::kBlocks;
  REPRISE_ASSIGN_OR_RETURN(const std::vector<int> ratio, row.WholeVector("ratio"));
  for (size_t k = 0; k < ratio.size(); ++k) {
    design.arms.push_back(
        {.code = std::string(1, static_cast<char>('A' + k % 26)), .ratio = ratio[k]});
  }
  if (ratio.size() < 2 || ratio.size() > size_t{rnd::kMaxArms}) {
    return row.Fault("ratio",
                     absl::StrCat("the ratios of 2 to ", rnd::kMaxArms, " arms are required."));
  }
  REPRISE_ASSIGN_OR_RETURN(design.block_sizes, row.WholeVector("block_sizes"));
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view label, row.Cell("label"));
  REPRISE_ASSIGN_OR_RETURN(const int64_t slots, row.Whole("n", 1, rnd::kMaxSlots));
  const absl::StatusOr<rnd::ListStretch> list = rnd::MakeList(design, *seed, label, slots);
  if (!list.ok()) return row.Translate(list.status());
  std::string sequence, sizes;
  for (const int arm : list->arms) sequence += design.arms[static_cast<size_t>(arm)].code;
  for (const int size : list->drawn_sizes) absl::StrAppend(&sizes, sizes.empty() ? "" : ";", size);
  std::vector<std::string> cells = {sequence, sizes};
  for (const int64_t n : {1, 2, 37})
    cells.push_back(text::FormatDouble(rnd::LiveUniform(*seed, n)));
  cells.push_back(seed->Commitment());
  return cells;
}

}  // namespace

Family SeededListsFamily() {
  return {.name = "rand_seeded_lists",
          .inputs = {"case_id", "seed_hex", "label", "ratio", "block_sizes", "n"},
          .outputs = {"sequence", "drawn_block_sizes", "live_u_1", "live_u_2", "live_u_37",
                      "seed_commitment_sha256"},
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
