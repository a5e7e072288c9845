"""Notices and deliveries on disk: how they fan out to chats, are claimed, and end."""
