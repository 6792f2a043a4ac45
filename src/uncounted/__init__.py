"""Uncounted: from scattered reports of harm to a defensible toll."""

__version__ = "0.1.0"
