# SPDX-License-Identifier: Apache-2.0
reprise_add_benchmark(scoring_bench SOURCES scoring_bench.cc LINK reprise_scoring reprise_bundled)
