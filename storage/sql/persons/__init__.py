"""Persons and their identities, and who is the same person as whom."""
