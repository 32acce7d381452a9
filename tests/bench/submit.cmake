# SPDX-License-Identifier: Apache-2.0
if(NOT REPRISE_FUZZ)
  add_executable(submit_load submit/submit_load.cc)
  target_link_libraries(submit_load PRIVATE reprise_settings reprise_base reprise_proto)
endif()
