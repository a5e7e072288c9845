"""My proposals: drafts of it, its preview, what is answered about it, and the history that is booked along with it."""
