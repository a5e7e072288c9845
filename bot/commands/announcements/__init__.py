"""Announcements, once or again and again."""
