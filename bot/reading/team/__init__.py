"""Lines about a wallet that several people share: limits and targets."""
