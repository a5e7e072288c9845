"""Importing "My proposals": what the page sets, which is planned outside the writer, and booked as it was shown."""
