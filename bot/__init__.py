"""The chat side: commands, words, the two doors, the platforms, and the composition root."""
