# SPDX-License-Identifier: Apache-2.0
# The work of SimulateTenThousandTrials (randomisation_bench) as a statistician writes it in R, for
# the ratio between the two on one machine:  Rscript tests/bench/randomisation.R [TRIALS]
trials <- as.integer(c(commandArgs(trailingOnly = TRUE), "100")[1])
n <- 200
shares <- list(c(0.3, 0.22, 0.18, 0.14, 0.1, 0.06), c(0.55, 0.45), c(0.35, 0.65))
weights <- c(2, 1, 1)
offset <- c(0, 6, 8)
one_trial <- function() {
  levels <- sapply(seq_along(shares), function(i) {
    offset[i] + sample.int(length(shares[[i]]), n, replace = TRUE, prob = shares[[i]])
  })
  counts <- matrix(0, 10, 2)
  for (i in seq_len(n)) {
    at <- counts[levels[i, ], ]
    a <- sum(weights * abs(at[, 1] + 1 - at[, 2]))
    b <- sum(weights * abs(at[, 1] - at[, 2] - 1))
    p <- if (abs(a - b) <= 1e-9 * max(a, b)) 0.5 else if (a < b) 0.8 else 0.2
    arm <- if (runif(1) < p) 1 else 2
    counts[levels[i, ], arm] <- counts[levels[i, ], arm] + 1
  }
  max(abs(counts[, 1] - counts[, 2]))
}
set.seed(1)
cpu <- system.time(margins <- replicate(trials, one_trial()))
seconds <- cpu[["user.self"]] + cpu[["sys.self"]]
cat(sprintf("%d trials: %.2f s CPU, %.1f s for 10000; mean largest margin %.2f\n", trials, seconds,
            seconds / trials * 10000, mean(margins)))
