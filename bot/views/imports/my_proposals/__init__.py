"""How "My proposals" is shown: its preview, what it asks, what was booked, and its lines later on."""
