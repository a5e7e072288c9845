"""The alerts about a wallet, a file for each subject, and the daily review and the expiry scan that find them."""
