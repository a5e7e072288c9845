"""A group's alerts: who may get them in private, and what happens if the place where they go is lost."""
