"""What two wallets of the same account know of it, held against each other."""
