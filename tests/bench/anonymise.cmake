# SPDX-License-Identifier: Apache-2.0
reprise_add_benchmark(anonymise_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/anonymise_bench.cc
                                              ${CMAKE_CURRENT_LIST_DIR}/registry_table.cc
                      LINK reprise_anonymisation)
