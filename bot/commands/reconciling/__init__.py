"""Comparing the books with what Upwork shows."""
