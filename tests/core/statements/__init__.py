"""What a period comes to, line by line and in all, over random books."""
