"""Coverage: which places and times the sources reach."""
