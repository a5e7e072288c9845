"""Telegram, Discord and the console: each turns its own events into Incoming and Reply into its own payload."""
