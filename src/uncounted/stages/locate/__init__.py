"""Locate: places by a gazetteer, dates relative to publication."""
