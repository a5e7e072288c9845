"""Commands that move Connects, and commands that show them."""
