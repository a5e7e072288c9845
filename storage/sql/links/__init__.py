"""Who is the same person as whom, and the links that made it so."""
