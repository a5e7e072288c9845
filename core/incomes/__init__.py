"""What clients paid, by the list of transactions: kept for those who want it only, and no part of the sealed books."""
