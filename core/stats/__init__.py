"""Answers in figures: how far proposals got, what they cost, and how certain that is."""
