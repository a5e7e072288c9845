"""Rows of the journal whose words were erased because their person asked for it, and what proves them since then."""
