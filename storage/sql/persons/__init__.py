"""Persons, and who is the same person as whom."""
