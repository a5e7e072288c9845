"""A group's team: who is what, and who spent what."""
