"""Announcements to those who subscribed, sent once or again and again."""
