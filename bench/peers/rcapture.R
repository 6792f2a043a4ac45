# Rscript rcapture.R TABLE.csv MAXORDER
# All hierarchical log-linear models by the package Rcapture; prints the BIC-best N, its standard error and seconds.
suppressMessages(library(Rcapture))
given <- commandArgs(trailingOnly = TRUE)
table <- read.csv(given[1], check.names = FALSE)
lists <- setdiff(names(table), "count")
data <- as.matrix(cbind(table[, lists], table$count))
began <- proc.time()
found <- closedpMS.t(data, dfreq = TRUE, maxorder = as.integer(given[2]))
spent <- proc.time() - began
best <- found$results[which.min(found$results[, "BIC"]), ]
cat(sprintf("%.6f", best["abundance"]), sprintf("%.4f", best["stderr"]), sum(spent[1:2]), "\n")
