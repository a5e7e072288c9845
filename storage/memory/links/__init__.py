"""Who is the same person as whom in the reference store, and the links that made it so."""
