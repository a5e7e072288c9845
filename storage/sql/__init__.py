"""What both databases share: the tables, the statements, and a file for each port of the store."""
