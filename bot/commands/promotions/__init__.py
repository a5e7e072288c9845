"""Commands for promotions and contests."""
