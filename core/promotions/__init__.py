"""Promotions and contests: who qualifies, what they give, and a draw that anyone can verify."""
