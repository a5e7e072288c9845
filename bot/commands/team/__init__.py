"""A group's team: who is what, who spent what, and how much anybody may spend."""
