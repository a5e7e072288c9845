"""The books of a period as they stand: what moved, entry by entry, and what that comes to."""
