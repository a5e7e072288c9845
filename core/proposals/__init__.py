"""Proposals: what each cost, what became of it, and what of it should have come back."""
