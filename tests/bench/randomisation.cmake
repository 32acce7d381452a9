# SPDX-License-Identifier: Apache-2.0
reprise_add_benchmark(randomisation_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/randomisation_bench.cc
  LINK reprise_randomisation)
