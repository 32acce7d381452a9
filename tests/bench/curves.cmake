# SPDX-License-Identifier: Apache-2.0
reprise_add_benchmark(curves_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/curves_bench.cc
  LINK reprise_survival reprise_monitoring)
