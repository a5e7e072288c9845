"""What is to be expected: how long Connects last, what will expire, and which monthly lots are due."""
