"""Links between persons."""
