"""The one door out for notices, messages that nobody asked for at that moment: claim, wait, send, settle."""
