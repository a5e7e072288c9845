"""Kinds of options about a wallet that several people share."""
