"""People and their identities, chats, and wallets with their settings."""
