// SPDX-License-Identifier: Apache-2.0
// Time and ids that a test decides. Thread-safe.
#ifndef REPRISE_PLATFORM_TESTING_SOURCES_H_
#define REPRISE_PLATFORM_TESTING_SOURCES_H_

#include <cstdint>
#include <mutex>
#include <random>
#include <string>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "services/platform/id/id.h"
#include "services/platform/time/clock.h"

namespace reprise::testing {

// Stands still until it is moved.
class FakeClock : public Clock {
 public:
  explicit FakeClock(absl::Time now) : now_(now) {}
  absl::Time Now() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return now_;
  }
  void Advance(absl::Duration by) {
    const std::lock_guard<std::mutex> lock(mutex_);
    now_ += by;
  }

 private:
  std::mutex mutex_;
  absl::Time now_;
};

// The same version 4 UUIDs for the same seed.
class SeededIdSource : public IdSource {
 public:
  explicit SeededIdSource(uint64_t seed) : engine_(seed) {}
  std::string NewUuid() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const uint64_t a = engine_(), b = engine_();
    return absl::StrFormat("%08x-%04x-4%03x-%x%03x-%012x", a >> 32, (a >> 16) & 0xffff, a & 0xfff,
                           8 + (b >> 62), (b >> 48) & 0xfff, b & 0xffffffffffff);
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace reprise::testing

#endif  // REPRISE_PLATFORM_TESTING_SOURCES_H_
