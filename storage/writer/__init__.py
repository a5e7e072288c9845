"""One queue of writes for each process: decided in turn, committed together, answered after the commit."""
