"""What keeps a process from doing its work."""


class BusyError(Exception):
    """Too much is under way or waits already."""
