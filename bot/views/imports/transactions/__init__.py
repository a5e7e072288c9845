"""How a list of transactions is shown: its preview, its questions, and what it booked."""
