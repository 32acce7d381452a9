# SPDX-License-Identifier: Apache-2.0
if(NOT REPRISE_FUZZ)
  add_executable(gateway_bench ${CMAKE_CURRENT_LIST_DIR}/gateway_bench.cc)
  target_link_libraries(gateway_bench PRIVATE gateway_testing GTest::gtest)
endif()
