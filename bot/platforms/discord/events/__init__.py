"""Turns Discord's events into what the desk reads."""
