"""Layer 1: multiple systems estimation. Arrays in, arrays out; knows no case and no file."""
