"""What the desk does for teams."""
