// SPDX-License-Identifier: Apache-2.0
#include "services/platform/metrics/metrics.h"

#include <prometheus/exposer.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

namespace reprise::metrics {

struct Metrics::Registry {
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  prometheus::Family<prometheus::Histogram>& calls =
      prometheus::BuildHistogram()
          .Name("reprise_call_seconds")
          .Help("Time from a call's arrival to its answer")
          .Register(*registry);
  prometheus::Family<prometheus::Histogram>& answers =
      prometheus::BuildHistogram()
          .Name("reprise_http_seconds")
          .Help("Time from an HTTP request's arrival to the end of its answer")
          .Register(*registry);
  const prometheus::Histogram::BucketBoundaries bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                          0.1,   0.25,   0.5,   1,    2.5,   10};
  std::mutex mutex;
  absl::flat_hash_map<std::string, prometheus::Histogram*> by_call, by_answer;

  // `labels` makes the labels of a key that was not seen before.
  template <typename Labels>
  void Observe(prometheus::Family<prometheus::Histogram>& family,
               absl::flat_hash_map<std::string, prometheus::Histogram*>& known, const std::string& key,
               absl::Duration took, const Labels& labels) {
    prometheus::Histogram* histogram = nullptr;
    {
      const std::lock_guard<std::mutex> lock(mutex);
      auto& held = known[key];
      if (held == nullptr) held = &family.Add(labels(), bounds);
      histogram = held;
    }
    histogram->Observe(absl::ToDoubleSeconds(took));
  }
  std::unique_ptr<prometheus::Exposer> exposer;
};

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {}
Metrics::~Metrics() = default;

bool Metrics::Serve(const std::string& address) {
  try {
    registry_->exposer = std::make_unique<prometheus::Exposer>(address);
    registry_->exposer->RegisterCollectable(registry_->registry);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void Metrics::Called(absl::string_view method, absl::string_view code, absl::Duration took) {
  registry_->Observe(registry_->calls, registry_->by_call, absl::StrCat(method, " ", code), took, [&] {
    return prometheus::Labels{{"method", std::string(method)}, {"code", std::string(code)}};
  });
}

void Metrics::Answered(absl::string_view route, int status, absl::Duration took) {
  registry_->Observe(registry_->answers, registry_->by_answer, absl::StrCat(route, " ", status), took, [&] {
    return prometheus::Labels{{"route", std::string(route)}, {"status", absl::StrCat(status)}};
  });
}

std::string Metrics::Text() const {
  return prometheus::TextSerializer().Serialize(registry_->registry->Collect());
}

}  // namespace reprise::metrics
