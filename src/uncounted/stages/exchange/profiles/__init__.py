"""Profiles of forms, one file each."""
