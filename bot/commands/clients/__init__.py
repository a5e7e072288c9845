"""What clients paid, and what it cost to win them."""
