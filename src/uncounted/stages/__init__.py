"""Layer 2: one room a stage; no stage imports another."""
