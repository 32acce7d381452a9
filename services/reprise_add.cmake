# SPDX-License-Identifier: Apache-2.0
# The few functions by which every target of the project is made, so that warnings, sanitizers and
# include roots are set in one place. Sources are listed, never globbed.

add_library(reprise_settings INTERFACE)
target_include_directories(reprise_settings INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(reprise_settings INTERFACE -Wall -Wextra -Werror)
if(CMAKE_UNITY_BUILD)
  # Files that are compiled together are headers to the compiler, which then wonders at members of types without linkage.
  target_compile_options(reprise_settings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(REPRISE_FUZZ)
  target_compile_options(reprise_settings INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
  target_link_options(reprise_settings INTERFACE -fsanitize=address,undefined)
elseif(REPRISE_SANITIZE)
  target_compile_options(reprise_settings INTERFACE -fsanitize=${REPRISE_SANITIZE})
  if(REPRISE_SANITIZE MATCHES "undefined")
    target_compile_options(reprise_settings INTERFACE -fno-sanitize-recover=undefined)
  endif()
  if(REPRISE_SANITIZE MATCHES "thread")
    # Debian's protobuf and Abseil are built without it; with this macro their headers would lay out
    # messages and maps otherwise.
    target_compile_options(reprise_settings INTERFACE -U__SANITIZE_THREAD__)
  endif()
  target_link_options(reprise_settings INTERFACE -fsanitize=${REPRISE_SANITIZE})
endif()

# reprise_add_library(NAME SOURCES a.cc ... [LINK target ...] [APART])
# APART: its files give the same names to different helpers, so they are compiled one by one.
function(reprise_add_library name)
  cmake_parse_arguments(ARG "APART" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC reprise_settings ${ARG_LINK})
  if(ARG_APART)
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  endif()
endfunction()

# reprise_add_test(NAME SOURCES a_test.cc ... [LINK target ...] [TIMEOUT seconds] [APART])
# One test binary a folder; it may read REPRISE_TEST_DATA (tests/data) and nothing outside the project.
# APART as above.
function(reprise_add_test name)
  cmake_parse_arguments(ARG "APART" "TIMEOUT" "SOURCES;LINK" ${ARGN})
  if(REPRISE_FUZZ)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE reprise_settings ${ARG_LINK} GTest::gmock GTest::gmock_main)
  target_compile_definitions(${name} PRIVATE REPRISE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  if(ARG_APART)
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  # Tables of cases take the optimizer longer than anybody waits for them to run; what they test stays optimized.
  target_compile_options(${name} PRIVATE -O0)
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

# reprise_add_benchmark(NAME SOURCES a_bench.cc ... [LINK target ...]); built with everything, run by hand.
function(reprise_add_benchmark name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(REPRISE_FUZZ)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE reprise_settings ${ARG_LINK} benchmark::benchmark)
  target_compile_definitions(${name} PRIVATE REPRISE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
endfunction()

add_custom_target(fuzzers)
# reprise_add_fuzzer(NAME SOURCE a_fuzz.cc [LINK target ...]); only in the fuzz preset. tests/run gives
# each a short run, with tests/fuzz/corpus/NAME as its seeds where that folder exists.
function(reprise_add_fuzzer name)
  cmake_parse_arguments(ARG "" "SOURCE" "LINK" ${ARGN})
  if(NOT REPRISE_FUZZ)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCE})
  target_link_libraries(${name} PRIVATE reprise_settings ${ARG_LINK})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzzers)
  add_dependencies(fuzzers ${name})
endfunction()

# reprise_add_service(NAME DOMAIN ... STORE ... CONVERT ... HANDLER ... SHELL ... [DOMAIN_LINK ...]
#                     [HANDLER_LINK ...] TEST ...)
# Four libraries whose links say what each layer may include: domain (no gRPC, no database), store,
# handler (with convert), and the module that the daemon hosts; and one test binary on a real database.
function(reprise_add_service name)
  if(REPRISE_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "DOMAIN;STORE;CONVERT;HANDLER;SHELL;TEST;DOMAIN_LINK;HANDLER_LINK" ${ARGN})
  reprise_add_library(${name}_domain SOURCES ${ARG_DOMAIN} LINK reprise_base ${ARG_DOMAIN_LINK})
  reprise_add_library(${name}_store SOURCES ${ARG_STORE} LINK ${name}_domain reprise_db)
  reprise_add_library(${name}_handler SOURCES ${ARG_CONVERT} ${ARG_HANDLER}
    LINK ${name}_store reprise_convert reprise_page ${ARG_HANDLER_LINK})
  reprise_add_library(${name}_module SOURCES ${ARG_SHELL} LINK ${name}_handler reprise_runtime)
  if(ARG_TEST)
    reprise_add_test(${name}_test SOURCES ${ARG_TEST} LINK ${name}_module reprise_house)
    set_tests_properties(${name}_test PROPERTIES FIXTURES_REQUIRED postgres)
  endif()
endfunction()
