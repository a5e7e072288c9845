"""Processes of the bot's own that do what would hold up the chat: drawing pictures, writing documents."""
