"""Tests of linking: the conversation between two accounts of one person."""
