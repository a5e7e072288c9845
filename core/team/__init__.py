"""Who spent what of a wallet that several people share, and how far their proposals got."""
