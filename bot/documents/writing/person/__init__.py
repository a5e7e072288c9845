"""What is kept of a person, for themselves: as data, and as a page to read."""
