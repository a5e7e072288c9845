"""What was really paid for Connects, by Upwork's list of transactions: never a second purchase, only its true price."""
