"""Turns values of core into replies."""
