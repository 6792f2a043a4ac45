# Rscript bca.R TABLE.csv MAXORDER REPLICATES
# BIC-best N and its bootstrap interval by the package MultipleSystemsEstimation; prints N, low, high and seconds.
suppressMessages(library(MultipleSystemsEstimation))
given <- commandArgs(trailingOnly = TRUE)
table <- read.csv(given[1], check.names = FALSE)
lists <- setdiff(names(table), "count")
data <- as.matrix(cbind(table[, lists], table$count))
began <- proc.time()
found <- estimate_population_bic(data, nboot = as.integer(given[3]), alpha = c(0.025, 0.975),
                                 maxorder = as.integer(given[2]))
spent <- proc.time() - began
# One row for each number of best models that the choice is among; the last is of all that were kept.
ends <- found$BCaquantiles
cat(found$popest, ends[nrow(ends), ], sum(spent[1:2]), "\n")
