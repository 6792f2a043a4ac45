"""Toll: ranges that add up, under a named policy."""
