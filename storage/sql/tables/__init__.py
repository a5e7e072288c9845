"""The tables as SQLModel classes, how their rows are read and written, and how statements are compiled."""
