"""The established implementations in R, run beside ours in the same minutes on the same tables."""
