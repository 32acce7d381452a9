# SPDX-License-Identifier: Apache-2.0
if(NOT REPRISE_FUZZ)
  pkg_check_modules(NGHTTP2 REQUIRED IMPORTED_TARGET libnghttp2)
  add_executable(submit_load submit/submit_load.cc submit/connection.cc)
  target_link_libraries(submit_load PRIVATE reprise_settings reprise_base reprise_proto PkgConfig::NGHTTP2)
endif()
