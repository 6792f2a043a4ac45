"""Tests of the demonstration's reports."""
