"""Makes the calls to the Bot API, and says what their errors mean."""
