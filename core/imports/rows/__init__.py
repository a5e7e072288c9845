"""Which rows are the same: the rows of several pages among each other, and rows and what the books have seen."""
