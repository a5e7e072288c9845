"""Links between persons in the reference store."""
