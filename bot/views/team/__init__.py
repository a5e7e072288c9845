"""What several people on one wallet see of their limits and targets."""
