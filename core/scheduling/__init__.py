"""What falls due at a time: tasks that run once, however many processes poll."""
