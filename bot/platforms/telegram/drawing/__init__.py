"""Draws replies as messages of Telegram."""
