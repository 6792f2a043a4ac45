"""Publish: a frozen release with its site, data and methods."""
