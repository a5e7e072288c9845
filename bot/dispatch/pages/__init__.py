"""How a page of Upwork's comes in without a command: as text, in parts, or as files."""
