# SPDX-License-Identifier: Apache-2.0
if(NOT REPRISE_FUZZ)
  reprise_add_benchmark(extract_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/extract_bench.cc
                        LINK extract_module reprise_house)
endif()
