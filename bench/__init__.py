"""Measured runs. Each prints a table; none asserts a time."""
