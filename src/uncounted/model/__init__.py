"""Layer 0: the words. Frozen structs without I/O; imports nothing else of this project."""
