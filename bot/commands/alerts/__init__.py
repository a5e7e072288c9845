"""Commands for the alerts of a wallet."""
