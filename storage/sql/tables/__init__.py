"""The tables, as SQLModel classes, and how statements on them are compiled."""
