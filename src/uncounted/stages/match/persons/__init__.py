"""Persons across lists: which entries of victim lists are one human being, and how probably."""
