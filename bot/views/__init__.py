"""Turns values of core into replies and files."""
