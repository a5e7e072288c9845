"""Makes the calls to Discord, and says what their errors mean."""
