"""What every package of core may use: ids, money, the calendar of a zone, refusals, back-off, job links."""
