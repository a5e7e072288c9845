"""How figures of proposals are shown."""
