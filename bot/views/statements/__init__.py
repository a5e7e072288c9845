"""How a statement and exports look in the chat."""
