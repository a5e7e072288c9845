"""Which pictures there are, and in which forms."""

from enum import StrEnum


class Picture(StrEnum):
    """What a picture shows."""

    BALANCE = "balance"
    FUNNEL = "funnel"
    SPEND = "spend"
    REPLIES = "replies"
    TEAM = "team"
    """Of a wallet that several people share."""


class PictureForm(StrEnum):
    """In which form a picture is drawn: in pixels for a chat, or in lines and letters for a page."""

    PNG = "png"
    SVG = "svg"
