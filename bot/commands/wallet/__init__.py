"""Opening a wallet, its settings, and getting help."""
