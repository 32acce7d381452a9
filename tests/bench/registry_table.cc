// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/registry_table.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "services/extract/domain/anonymisation/random.h"

namespace reprise::bench {
namespace {

constexpr int kDistricts = 101, kRegions = 18, kZones = 6, kMonths = 36;
const char* const kStages[] = {"0", "I", "II", "III", "IV"};
const char* const kSurgeries[] = {"lumpectomy", "lumpectomy+reexcision", "mastectomy",
                                  "mastectomy+reconstruction", "none"};

std::string AgeRows() {
  std::string text;
  for (int age = 18; age <= 95; ++age) {
    const auto span = [&](int width) {
      return absl::StrCat(age / width * width, "-", age / width * width + width - 1);
    };
    absl::StrAppend(&text, age, ";", span(5), ";", span(10), ";", span(20), ";*\n");
  }
  return text;
}

std::string DistrictRows() {
  std::string text;
  for (int d = 0; d < kDistricts; ++d) {
    const int region = d * kRegions / kDistricts;
    absl::StrAppendFormat(&text, "D%03d;R%02d;Z%d;*\n", d, region, region * kZones / kRegions);
  }
  return text;
}

std::string MonthRows() {
  std::string text;
  for (int m = 0; m < kMonths; ++m) {
    const int year = 2020 + m / 12, month = m % 12;
    absl::StrAppendFormat(&text, "%d-%02d;%d-Q%d;%d-H%d;%d;*\n", year, month + 1, year,
                          month / 3 + 1, year, month / 6 + 1, year);
  }
  return text;
}

}  // namespace

RegistryTable MakeRegistryTable(uint32_t rows, uint64_t seed) {
  RegistryTable table;
  table.hierarchies = {
      {"sex", "female;*\nmale;*\n"},
      {"age", AgeRows()},
      {"district", DistrictRows()},
      {"month", MonthRows()},
      {"stage", "0;early;*\nI;early;*\nII;early;*\nIII;late;*\nIV;late;*\n"},
      {"surgery",
       "lumpectomy;conserving;*\nlumpectomy+reexcision;conserving;*\n"
       "mastectomy;removing;*\nmastectomy+reconstruction;removing;*\nnone;none-done;*\n"}};
  extract::anonymisation::Random random(seed);
  table.data = "sex;age;district;month;stage;surgery;outcome\n";
  table.data.reserve(static_cast<size_t>(rows) * 56);
  for (uint32_t i = 0; i < rows; ++i) {
    const bool male = random.Below(100) == 0;
    const int age = 18 + static_cast<int>((random.Below(26) + random.Below(27) + random.Below(27)));
    // The square of a uniform number makes a few districts large.
    const double u = random.Unit();
    const int district = std::min(kDistricts - 1, static_cast<int>(u * u * kDistricts));
    const int month = static_cast<int>(random.Below(kMonths));
    const int stage = static_cast<int>(std::min(random.Below(5), random.Below(6)));
    const uint32_t surgery = stage == 4               ? 2 + random.Below(3)
                             : random.Below(100) < 70 ? 0
                                                      : random.Below(4);
    absl::StrAppendFormat(&table.data, "%s;%d;D%03d;%d-%02d;%s;%s;%s\n", male ? "male" : "female",
                          age, district, 2020 + month / 12, month % 12 + 1, kStages[stage],
                          kSurgeries[surgery], random.Below(10) < 8 ? "full" : "none");
  }
  return table;
}

}  // namespace reprise::bench
