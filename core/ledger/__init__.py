"""The accounting: entries that balance, the rules that make them, and what can be read from them."""
