# Rscript dga.R TABLE.csv CAP OUT.csv
# Averages over decomposable graphs with the package dga on 1 .. CAP unseen; writes the posterior, prints seconds.
suppressMessages(library(dga))
given <- commandArgs(trailingOnly = TRUE)
table <- read.csv(given[1], check.names = FALSE)
lists <- setdiff(names(table), "count")
p <- length(lists)
graphs <- switch(as.character(p), "3" = "graphs3", "4" = "graphs4", "5" = "graphs5")
data(list = graphs)
# The array is ordered with the first list slowest.
place <- as.integer(as.matrix(table[, lists]) %*% 2^((p - 1):0)) + 1
cells <- numeric(2^p)
cells[place] <- table$count
counts <- array(cells, dim = rep(2, p))
unseen <- 1:as.integer(given[2])
began <- proc.time()
weights <- bma.cr(counts, Nmissing = unseen, delta = 1 / 2^p, graphs = get(graphs))
spent <- proc.time() - began
posterior <- if (is.matrix(weights)) colSums(weights) else weights
write.csv(data.frame(unseen = unseen, mass = format(posterior, digits = 17)), given[3], row.names = FALSE, quote = FALSE)
cat(sum(spent[1:2]), "\n")
