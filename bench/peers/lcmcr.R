# Rscript lcmcr.R TABLE.csv SEED BURNIN SAMPLES THINNING OUT.csv
# One chain of LCMCR's sampler on a table of capture patterns; writes its draws of N, prints processor seconds.
suppressMessages(library(LCMCR))
given <- commandArgs(trailingOnly = TRUE)
table <- read.csv(given[1], check.names = FALSE)
lists <- setdiff(names(table), "count")
rows <- table[rep(seq_len(nrow(table)), table$count), lists]
rows[] <- lapply(rows, function(column) factor(column, levels = c(0, 1)))
burnin <- as.integer(given[3]); samples <- as.integer(given[4]); thinning <- as.integer(given[5])
began <- proc.time()
sampler <- lcmCR(rows, tabular = FALSE, in_list_label = "1", not_in_list_label = "0", K = 10, a_alpha = 0.25,
                 b_alpha = 0.25, buffer_size = samples, thinning = thinning, seed = as.integer(given[2]), verbose = FALSE)
draws <- lcmCR_PostSampl(sampler, burnin = burnin, samples = samples, thinning = thinning, output = FALSE)
spent <- proc.time() - began
write.csv(data.frame(n = draws), given[6], row.names = FALSE)
cat(sum(spent[1:2]), "\n")
