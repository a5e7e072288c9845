"""What happened earlier than it was booked: the replay of all facts in their order, and the entries that correct."""
