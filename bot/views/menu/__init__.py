"""The map of all that the bot can do, by subject."""
