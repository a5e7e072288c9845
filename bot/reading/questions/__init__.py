"""Questions in plain words, and the commands that answer them."""
