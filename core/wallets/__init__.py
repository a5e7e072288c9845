"""Who is who: people and their identities, chats, and the settings of a wallet."""
