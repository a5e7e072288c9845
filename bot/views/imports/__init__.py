"""How an import is shown: its preview, its questions, what it booked, and what it says in the history."""
