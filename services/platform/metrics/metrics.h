// SPDX-License-Identifier: Apache-2.0
// Prometheus metrics of the daemon: one histogram a method and code, one a route and HTTP status. Labels are never ids of people.
#ifndef REPRISE_PLATFORM_METRICS_METRICS_H_
#define REPRISE_PLATFORM_METRICS_METRICS_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace reprise::metrics {

// Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  // Serves /metrics over HTTP at `address`. False where the address cannot be had.
  bool Serve(const std::string& address);
  // An HTTP answer; `route` is one of few, never a path.
  void Answered(absl::string_view route, int status, absl::Duration took);
  void Called(absl::string_view method, absl::string_view code, absl::Duration took);
  // The page that a scrape would read.
  std::string Text() const;

 private:
  struct Registry;
  std::unique_ptr<Registry> registry_;
};

}  // namespace reprise::metrics

#endif  // REPRISE_PLATFORM_METRICS_METRICS_H_
