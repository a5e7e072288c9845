"""Finds what the tests do not notice: `make mutants` changes one operator or number of the pure files at a time."""
