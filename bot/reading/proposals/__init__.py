"""Reads lines about proposals: what became of one, and which of them somebody wants to see."""
