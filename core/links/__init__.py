"""One person on several platforms: two persons become one, with one set of books, and two again."""
