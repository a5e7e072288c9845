"""The chat platforms. Each turns its own events into `Incoming`, and a `Reply` into its own payload."""
