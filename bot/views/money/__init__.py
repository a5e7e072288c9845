"""Answers without figures in money, for a group whose members may not read them."""
