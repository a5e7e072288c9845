"""The command that draws pictures of figures."""
