"""Journals for other programs that keep books, read by these programs."""
