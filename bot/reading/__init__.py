"""Reads a typed line whole: into the line that the bot itself would print for it, or a question.

Everything here is pure. A reader takes a line and returns another, or raises DoubtError with the likely ones.
"""
