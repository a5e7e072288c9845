"""Double-entry accounting: balanced entries, the rules that make them, and what can be read from them."""
