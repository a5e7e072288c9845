"""The reference store: the whole contract in dictionaries. The tests hold every other store against it."""
