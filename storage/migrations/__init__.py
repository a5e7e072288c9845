"""The migrations of the tables, which Alembic applies at start."""
