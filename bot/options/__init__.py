"""The kinds of options: each reads words into a value and finds its words in a typed line."""
