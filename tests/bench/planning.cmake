# SPDX-License-Identifier: Apache-2.0
reprise_add_benchmark(planning_bench SOURCES planning_bench.cc LINK reprise_statistics)
