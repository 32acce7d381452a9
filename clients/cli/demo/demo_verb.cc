// SPDX-License-Identifier: Apache-2.0
// `reprise demo`: sets a study up from its document and plays invented histories on it through the
// public API, as its people would over eighteen months; then shows what they would look at.
#include <sodium.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

#include "reprise/access/v1/access_service.pb.h"
#include "reprise/cohort/v1/cohort_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/extract/v1/extract_service.pb.h"
#include "reprise/phase/v1/phase_service.pb.h"

#include "clients/cli/demo/play.h"
#include "clients/cli/demo/setting.h"
#include "clients/cli/files.h"
#include "clients/cli/online/extract_download.h"
#include "clients/cli/online/print.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using demo::Day;

// One line that is written over, so that long work shows how far it is.
void ShowProgress(const demo::Tally& tally, int participants, bool last) {
  std::cerr << absl::StrFormat("\r%d of %d participants, %d screened, %d calls", tally.participants.load(),
                               participants, tally.screened.load(), tally.calls.load());
  if (last) std::cerr << "\n";
}

// First screening when the stage opens, last three quarters of a year later or today.
absl::StatusOr<demo::Plan> PlanOf(const demo::Options& options, const demo::Setting& setting) {
  demo::Plan plan{.document = &setting.document, .stage = options.stage, .opens = {}, .closes = {},
                  .today = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) - 1, .seed = options.seed};
  for (const auto& stage : setting.document.stages()) {
    if (stage.code() != options.stage) continue;
    Day opens;
    if (!absl::ParseCivilTime(stage.opens_on(), &opens)) break;
    plan.opens = opens + 3;
    plan.closes = std::min(opens + 250, plan.today - 30);
    Day closes;
    if (absl::ParseCivilTime(stage.closes_on(), &closes)) plan.closes = std::min(plan.closes, closes - 1);
    if (plan.closes > plan.opens) return plan;
  }
  return error::InvalidField("--stage", "STAGE_UNKNOWN", "The document has no such stage that is open by now.");
}

// Sites take turns; every `screened_each`-th candidate of a site consents.
absl::Status PlaySite(const demo::Options& options, demo::Plan plan, demo::Setting& setting, size_t site,
                      demo::Tally& tally) {
  // No earlier than the site opens.
  for (const auto& centre : setting.document.sites()) {
    Day opens;
    if (centre.code() == setting.sites[site].code() && absl::ParseCivilTime(centre.opens_on(), &opens)) {
      plan.opens = std::max(plan.opens, opens);
    }
  }
  demo::Player player(plan, setting.forms, setting.sites[site], setting.staff.coordinators[site],
                      setting.staff.physicians[site], tally);
  const int sites = static_cast<int>(setting.sites.size());
  const int participants = options.participants / sites +
                           (static_cast<int>(site) < options.participants % sites ? 1 : 0);
  std::vector<demo::Story> stories;
  for (int number = 0; number < participants * options.screened_each; ++number) {
    stories.push_back(demo::Tell(plan, site, number, number % options.screened_each == options.screened_each / 2));
  }
  std::stable_sort(stories.begin(), stories.end(),
                   [](const demo::Story& a, const demo::Story& b) { return a.screened < b.screened; });
  uint64_t place = site * 1'000'000;
  for (const demo::Story& story : stories) REPRISE_RETURN_IF_ERROR(player.Play(story, ++place));
  return absl::OkStatus();
}

absl::Status PlayAll(const demo::Options& options, const demo::Plan& plan, demo::Setting& setting, demo::Tally& tally) {
  std::atomic<size_t> next{0};
  std::mutex mutex;
  absl::Status outcome;
  std::vector<std::thread> threads;
  std::atomic<bool> done{false};
  for (int t = 0; t < options.threads; ++t) {
    threads.emplace_back([&] {
      for (size_t site = next++; site < setting.sites.size(); site = next++) {
        const absl::Status played = PlaySite(options, plan, setting, site, tally);
        const std::lock_guard<std::mutex> lock(mutex);
        if (outcome.ok()) outcome = played;
      }
    });
  }
  std::thread progress([&] {
    for (int ticks = 0; !done; ++ticks) {
      absl::SleepFor(absl::Milliseconds(100));
      if (ticks % 10 == 9) ShowProgress(tally, options.participants, false);
    }
  });
  for (std::thread& thread : threads) thread.join();
  done = true;
  progress.join();
  ShowProgress(tally, options.participants, true);
  return outcome;
}

absl::Status ShowResults(const demo::Options& options, demo::Setting& setting) {
  ServerConnection& manager = *setting.staff.manager.connection;
  cohort::v1::CountFlowRequest count;
  count.set_study_id(setting.study_id);
  count.set_stage(options.stage);
  REPRISE_ASSIGN_OR_RETURN(auto flow, CallAs<cohort::v1::CountFlowResponse>(manager, "cohort/CountFlow", count));
  flow.clear_by_month();  // long; `reprise cohort count` shows it
  std::cout << "\n== Flow\n" << Print(flow, options.output);
  cohort::v1::GetProgressionBoardRequest board;
  board.set_study_id(setting.study_id);
  board.set_stage(options.stage);
  REPRISE_ASSIGN_OR_RETURN(const auto judged, CallAs<cohort::v1::ProgressionBoard>(
                                                  manager, "cohort/GetProgressionBoard", board));
  std::cout << "\n== Progression\n" << Print(judged, options.output);
  enrolment::v1::ListParticipantsRequest list;
  list.set_study_id(setting.study_id);
  list.set_site_id(setting.sites.front().site_id());
  list.set_page_size(1);
  ServerConnection& coordinator = *setting.staff.coordinators.front().connection;
  REPRISE_ASSIGN_OR_RETURN(const auto first, CallAs<enrolment::v1::ListParticipantsResponse>(
                                                 coordinator, "enrolment/ListParticipants", list));
  if (first.participants().empty()) return absl::OkStatus();
  phase::v1::GetCourseRequest course;
  course.set_participant_id(first.participants(0).participant_id());
  REPRISE_ASSIGN_OR_RETURN(const auto history, CallAs<phase::v1::Course>(coordinator, "phase/GetCourse", course));
  std::cout << "\n== " << first.participants(0).code() << "\n" << Print(history, options.output);
  return absl::OkStatus();
}

// A study would never derive its list from a number that people know; a demo that repeats itself must.
std::string ListSeed(uint64_t seed) {
  const std::string text = absl::StrCat("reprise demo ", seed);
  std::string bytes(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(bytes.data()),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return bytes;
}

// The researcher asks, the study manager decides, the researcher downloads.
absl::Status TakeExtract(const demo::Options& options, demo::Setting& setting) {
  namespace ex = ::reprise::extract::v1;
  ServerConnection& researcher = *setting.staff.researcher.connection;
  ex::RequestExtractRequest request;
  request.set_study_id(setting.study_id);
  request.set_stage(options.stage);
  request.set_purpose("Demo");
  REPRISE_ASSIGN_OR_RETURN(const auto made, CallAs<ex::Extract>(researcher, "extract/RequestExtract", request));
  ex::DecideExtractRequest decide;
  decide.set_extract_id(made.extract_id());
  decide.set_approve(true);
  REPRISE_RETURN_IF_ERROR(
      CallAs<ex::Extract>(*setting.staff.manager.connection, "extract/DecideExtract", decide).status());
  std::cout << "\n== Extract\n";
  return DownloadExtract(researcher, made.extract_id(), options.extract);
}

absl::Status Demo(ServerConnection& admin, const demo::Options& options) {
  demo::Setting setting;
  REPRISE_RETURN_IF_ERROR(demo::SetUp(admin, options, setting));
  if (!options.accounts.empty()) {
    REPRISE_RETURN_IF_ERROR(WriteFile(options.accounts, demo::AccountsJson(setting.staff)));
    std::error_code failed;
    std::filesystem::permissions(options.accounts, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failed);
  }
  REPRISE_ASSIGN_OR_RETURN(const demo::Plan plan, PlanOf(options, setting));
  cohort::v1::CreateAllocationListRequest list;
  list.set_study_id(setting.study_id);
  list.set_stage(options.stage);
  list.set_seed(ListSeed(options.seed));
  REPRISE_RETURN_IF_ERROR(
      CallAs<cohort::v1::AllocationList>(*setting.staff.data.connection, "cohort/CreateAllocationList", list)
          .status());
  demo::Tally tally;
  const absl::Time start = absl::Now();
  REPRISE_RETURN_IF_ERROR(PlayAll(options, plan, setting, tally));
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  std::cout << absl::StrFormat("%d participants of %d screened, %d calls in %.1f s: %.0f calls/s\n",
                               tally.participants.load(), tally.screened.load(), tally.calls.load(), seconds,
                               static_cast<double>(tally.calls.load()) / seconds);
  for (const auto& [what, times] : tally.refused) std::cout << "refused " << times << " times: " << what << "\n";
  // Who only waited while a long play went on has no session any more.
  for (demo::Member* member : {&setting.staff.manager, &setting.staff.researcher, &setting.staff.coordinators.front()}) {
    REPRISE_RETURN_IF_ERROR(demo::LogIn(admin, options, *member));
  }
  REPRISE_RETURN_IF_ERROR(ShowResults(options, setting));
  return options.extract.empty() ? absl::OkStatus() : TakeExtract(options, setting);
}

}  // namespace

void AddDemoVerb(Cli& cli) {
  const auto added = AddOnlineVerb<demo::Options>(
      cli, &cli.app, "demo", "Set a study up and play invented histories on it",
      "reprise demo --document deploy/studies/fastracs/study.yaml --instruments deploy/instruments "
      "--accounts accounts.json\nThe caller is an administrator; the study must not be there yet.",
      Demo);
  demo::Options& options = *added.options;
  added.verb->add_option("--document", options.document, "Study document")->required();
  added.verb->add_option("--instruments", options.instruments, "Folder with the instruments to publish")
      ->required();
  added.verb->add_option("--stage", options.stage, "Stage to play")->capture_default_str();
  added.verb->add_option("--participants", options.participants, "How many consent")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  added.verb->add_option("--sites", options.sites, "Sites in all, invented ones after those of the document")
      ->check(CLI::Range(1, 99));
  added.verb->add_option("--screened-each", options.screened_each, "Candidates screened for each of them")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  added.verb->add_option("--seed", options.seed, "The same seed plays the same histories")
      ->capture_default_str();
  added.verb->add_option("--threads", options.threads, "Sites that work at once")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  added.verb->add_option("--accounts", options.accounts,
                         "File for the login names and passwords made, readable by its owner alone");
  added.verb->add_option("--extract", options.extract,
                         "Folder for a pseudonymised extract at the end; it may not exist yet");
}

}  // namespace reprise::cli
