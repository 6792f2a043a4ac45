"""The languages that a release speaks: one table of words a language, found by its code."""
