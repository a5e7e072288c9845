"""Scheduled tasks. Each runs once, however many processes poll."""
