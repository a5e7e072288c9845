"""The list of proposals, and the card of one."""
