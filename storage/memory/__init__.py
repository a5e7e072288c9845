"""The reference store: all ports in dictionaries. Every other store must pass the same tests."""
