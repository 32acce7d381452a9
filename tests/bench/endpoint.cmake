# SPDX-License-Identifier: Apache-2.0
reprise_add_benchmark(endpoint_bench
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/endpoint_bench.cc
  LINK reprise_endpoint_tables)
