"""Capture: preserve the bytes of a report and take its text. The only room that reaches the network."""
