"""What keeps a process from doing its work."""


class BusyError(Exception):
    """Too much is under way or waits already."""


class EndedError(Exception):
    """The process has ended without an answer."""


class WorkError(Exception):
    """The work has failed. The text says where and with which kind of error, without a word of what it was about."""


class NoAnswerError(Exception):
    """What the process writes is no answer."""
