"""What an answer is made of, and the words for it."""
