"""Documents of the books, such as a spreadsheet: what they are made of, and the process that writes them."""
