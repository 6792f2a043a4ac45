"""Layer 1: personal names. Scripts, folding, chains, skeletons, comparison."""
