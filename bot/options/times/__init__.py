"""The kinds of options that say when: days that passed, times ahead, what recurs, hours, and time zones."""
