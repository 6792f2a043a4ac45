"""Stage assess: which claims go back to one first-hand source, and how well an incident is supported."""
