"""Commands for a wallet that several people share: limits and targets."""
