"""Which pictures there are."""

from enum import StrEnum


class Picture(StrEnum):
    """What a picture shows."""

    BALANCE = "balance"
    FUNNEL = "funnel"
    SPEND = "spend"
    REPLIES = "replies"
