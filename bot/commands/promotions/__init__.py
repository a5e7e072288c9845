"""Promotions and contests."""
