"""Commands that answer in figures, and who may read them in money."""
