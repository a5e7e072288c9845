"""Two persons become one, and their books, too."""
