"""What SQLite and PostgreSQL share: the tables, the statements, and a class for each port of the store."""
