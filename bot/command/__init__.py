"""What a command is declared with, what it is called with, and what a platform hands in."""
