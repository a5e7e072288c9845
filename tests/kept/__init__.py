"""Databases that a version of the bot wrote, as SQL text. Every later version must open them and go on with them."""
