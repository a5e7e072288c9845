"""Notices and their way to a chat: what is sent to whom, what came of it, and what happens next."""
