"""Importing Upwork's pages: matching rows with the books, the plan of an import, its preview and its undo."""
