"""Documents of the books, and the processes that write them."""
