"""One queue of writes for a process: decided in turn, committed together, each caller answered after the commit."""
