"""What a person can say, one file for each topic."""
