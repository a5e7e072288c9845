"""Receives updates, in order, and turns them into events."""
