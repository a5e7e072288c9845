"""How much a platform allows to be sent, and how long what is too much must wait."""
