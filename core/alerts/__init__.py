"""The alerts about a wallet, and the daily review and the expiry scan that find what they are about."""
