"""Draws replies as messages of Discord."""
