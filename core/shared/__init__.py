"""What every package of core may use: ids, money, time zone calendars, refusals, back-off, job links."""
