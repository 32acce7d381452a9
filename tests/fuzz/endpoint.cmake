# SPDX-License-Identifier: Apache-2.0
if(NOT REPRISE_FUZZ)
  return()
endif()
# The command line is not built for fuzzing; its readers are, by themselves.
set(tables ${PROJECT_SOURCE_DIR}/clients/cli/offline/endpoint)
reprise_add_library(endpoint_tables_fuzzed APART
  SOURCES ${tables}/row_reader.cc ${tables}/cohort_tables.cc ${tables}/derived_table.cc
          ${tables}/report_table.cc ${tables}/legal_tables.cc
  LINK reprise_endpoint reprise_legal absl::flat_hash_map absl::str_format)
reprise_add_fuzzer(endpoint_tables_fuzz
  SOURCE ${CMAKE_CURRENT_LIST_DIR}/endpoint_tables_fuzz.cc LINK endpoint_tables_fuzzed)
reprise_add_fuzzer(endpoint_rules_fuzz
  SOURCE ${CMAKE_CURRENT_LIST_DIR}/endpoint_rules_fuzz.cc LINK endpoint_tables_fuzzed)
