"""Assess: independent origins and grades."""
