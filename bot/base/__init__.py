"""What every package of the bot may use: clock, logs, errors with an id, waiting, quiet hours, jobs, platforms."""
