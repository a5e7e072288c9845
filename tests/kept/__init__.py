"""Databases that a version of the bot wrote, kept as text: every later version opens them and goes on with them."""
