"""Telegram, Discord and the console: each turns its own events into Incoming, and a Reply into its own messages."""
