// SPDX-License-Identifier: Apache-2.0
#include <sodium.h>
#include <sys/stat.h>

#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/randomise/randomise_group.h"
#include "services/cohort/domain/randomisation/list.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

namespace rnd = ::reprise::randomisation;

struct ListOptions {
  std::string seed, design, ratio = "1:1", arms, blocks = "4,6", stratum = "all", centre, out;
  int64_t slots = 40;
};

absl::StatusOr<rnd::Design> DesignOf(const ListOptions& options) {
  if (!options.design.empty()) return DesignOption(options.design);
  rnd::Design design;
  REPRISE_ASSIGN_OR_RETURN(design.arms, ArmsOption(options.ratio, options.arms));
  design.method = options.centre.empty() ? rnd::Method::kBlocks : rnd::Method::kSimple;
  if (design.method == rnd::Method::kSimple) return design;  // emergency blocks have their own size
  REPRISE_ASSIGN_OR_RETURN(design.block_sizes, WholeListOption(options.blocks, "--blocks"));
  return design;
}

std::string SequenceOf(const rnd::Design& design, const rnd::ListStretch& list) {
  std::string text;
  size_t at = 0;
  for (const int size : list.drawn_sizes) {
    std::vector<std::string> block;
    for (int i = 0; i < size && at < list.arms.size(); ++i) {
      block.push_back(design.arms[static_cast<size_t>(list.arms[at++])].code);
    }
    absl::StrAppend(&text, "  ", absl::StrJoin(block, " "), "\n");
  }
  return text;
}

absl::Status WriteList(const ListOptions& options, const std::string& label,
                       const rnd::Design& design, const rnd::ListStretch& list) {
  std::string csv = "list,slot,arm\n";
  for (size_t i = 0; i < list.arms.size(); ++i) {
    const std::vector<std::string> row = {label, absl::StrCat(i + 1),
                                          design.arms[static_cast<size_t>(list.arms[i])].code};
    absl::StrAppend(&csv, text::FormatCsvRow(row));
  }
  return WriteFile(options.out, csv);
}

absl::Status RunList(const ListOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const rnd::Seed seed, SeedOption(options.seed));
  REPRISE_ASSIGN_OR_RETURN(const rnd::Design design, DesignOf(options));
  const bool emergency = !options.centre.empty();
  const std::string label = emergency ? "emergency " + options.centre : options.stratum;
  REPRISE_ASSIGN_OR_RETURN(const rnd::ListStretch list,
                           emergency
                               ? rnd::EmergencyList(design, seed, options.centre, options.slots)
                               : rnd::MakeList(design, seed, options.stratum, options.slots));
  if (!options.out.empty()) REPRISE_RETURN_IF_ERROR(WriteList(options, label, design, list));
  if (options.out == "-") return absl::OkStatus();
  std::cout
      << "list             " << label << "\n"
      << "seed commitment  " << seed.Commitment() << "\n"
      << "slots            " << list.arms.size() << " (" << ArmCounts(design.arms, list.arms)
      << ")\n"
      << (options.out.empty() ? absl::StrCat("blocks, one a line, the last perhaps cut:\n",
                                             SequenceOf(design, list))
                              : absl::StrCat("written to       ", options.out, "\n"))
      << "\n"
      << (emergency
              ? "For sealed envelopes at the centre while the platform cannot be reached; each "
                "use is a deviation.\n"
              : "Anyone with the seed derives the same list; until the trial ends it must not "
                "leave the statistician.\n");
  return absl::OkStatus();
}

absl::Status RunSeed(const std::string& of, const std::string& out) {
  std::string hex;
  if (of.empty()) {
    if (sodium_init() < 0) {
      return error::Make(absl::StatusCode::kInternal, "RANDOM_SOURCE_UNAVAILABLE",
                         "The operating system's random source cannot be used.");
    }
    std::array<uint8_t, rnd::Seed::kBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * rnd::Seed::kBytes + 1> digits{};
    hex = sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
  }
  REPRISE_ASSIGN_OR_RETURN(const rnd::Seed seed, SeedOption(of.empty() ? hex : of));
  if (of.empty() && !out.empty()) {
    const mode_t before = umask(077);  // the seed is its owner's alone
    const absl::Status written = WriteFile(out, hex + "\n");
    umask(before);
    REPRISE_RETURN_IF_ERROR(written);
  } else if (of.empty()) {
    std::cout << "seed             " << hex << "\n";
  }
  std::cout << "seed commitment  " << seed.Commitment() << "\n\n"
            << "Publish the commitment before the first participant, keep the seed with a person "
               "apart from the trial,\nand reveal it at the end: SHA-256 of its 32 bytes must give "
               "the commitment.\n";
  return absl::OkStatus();
}

}  // namespace

void AddListVerbs(Cli& cli, CLI::App* group) {
  CLI::App* seed =
      group->add_subcommand("seed", "Draw a trial's seed, or show a seed's commitment");
  auto of = std::make_shared<std::string>();
  auto seed_out = std::make_shared<std::string>();
  seed->add_option("--of", *of, "a seed (64 hexadecimal digits or @FILE) whose commitment to show");
  seed->add_option("--out", *seed_out, "write the new seed to this file instead of the screen");
  seed->footer("Example:\n  reprise randomise seed --out trial.seed");
  cli.OnRun(seed, [of, seed_out] { return RunSeed(*of, *seed_out); });

  const auto add = [&](const char* name, const char* what, const char* example) {
    CLI::App* verb = group->add_subcommand(name, what);
    auto options = std::make_shared<ListOptions>();
    verb->add_option("--seed", options->seed, "64 hexadecimal digits, or @FILE")->required();
    CLI::Option* design = verb->add_option("--design", options->design, "JSON design file");
    verb->add_option("--ratio", options->ratio, "ratio of the arms, such as 2:1")
        ->capture_default_str()
        ->excludes(design);
    verb->add_option("--arms", options->arms, "codes of the arms, such as usual,intervention")
        ->excludes(design);
    verb->add_option("--n", options->slots, "how many slots")->capture_default_str();
    verb->add_option("--out", options->out, "write list,slot,arm as CSV; - for the screen");
    verb->footer(example);
    cli.OnRun(verb, [options] { return RunList(*options); });
    return std::make_pair(verb, options);
  };
  const auto [list, list_options] =
      add("list", "A stratum's permuted block list from the seed",
          "Example:\n  reprise randomise list --seed @trial.seed --blocks 4,6 --stratum "
          "'CENTRE=1|AGE=<50' --n 40");
  list->add_option("--blocks", list_options->blocks, "block sizes drawn from, such as 4,6")
      ->capture_default_str()
      ->excludes(list->get_option("--design"));
  list->add_option("--stratum", list_options->stratum, "FACTOR=level|FACTOR=level, or all")
      ->capture_default_str();
  const auto [emergency, emergency_options] =
      add("emergency", "A centre's sealed list for when the platform cannot be reached",
          "Example:\n  reprise randomise emergency --seed @trial.seed --centre LYO --n 20");
  emergency->add_option("--centre", emergency_options->centre, "the centre's code")->required();
}

}  // namespace reprise::cli
