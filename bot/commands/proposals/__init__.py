"""Commands about proposals: their list, their cards, and what became of them."""
