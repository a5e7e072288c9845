"""Everybody's own data: sent to them, and forgotten."""
