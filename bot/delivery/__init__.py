"""The door out for what nobody asked for at that moment: claim, wait for the rate limit, send, settle."""
