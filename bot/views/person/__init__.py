"""How everybody's own data are shown."""
