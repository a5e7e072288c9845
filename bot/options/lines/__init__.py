"""The options in a typed line: those that it names, and words that only seem to name one."""
