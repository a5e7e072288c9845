"""What the bot sends unasked, and when."""
