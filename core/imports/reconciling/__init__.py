"""What follows from all facts together: the spend of a return, openings and gaps, where page and books part."""
