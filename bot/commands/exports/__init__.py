"""The commands that hand over the books: an export, a statement, a report."""
