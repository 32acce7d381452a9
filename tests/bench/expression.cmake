# SPDX-License-Identifier: Apache-2.0
reprise_add_benchmark(expression_bench SOURCES expression_bench.cc LINK reprise_expression)
