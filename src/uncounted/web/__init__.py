"""Layer 4: the pages."""
