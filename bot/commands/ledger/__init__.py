"""What moves Connects, and what shows them."""
