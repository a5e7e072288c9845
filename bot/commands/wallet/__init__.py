"""Opening a wallet, its settings, and finding one's way."""
