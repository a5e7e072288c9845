"""Updates that the platforms have sent."""
