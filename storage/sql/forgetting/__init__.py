"""How a person is erased from a database."""
