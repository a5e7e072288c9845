"""Announcements: one-off and recurring."""
