"""Comparing the books with the balance that Upwork shows: pins, and the likely causes of a difference."""
