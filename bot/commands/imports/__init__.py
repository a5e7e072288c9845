"""Importing Upwork's pages: what is read waits as a draft, is shown, asked about, booked, and undone."""
