"""What every room of the bot may use: the clock, logs, errors with an id, waiting, hours, background jobs."""
