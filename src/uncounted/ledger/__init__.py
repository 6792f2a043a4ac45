"""Layer 1: the memory. Append-only, hashed and verifiable; the only room that opens a database."""
