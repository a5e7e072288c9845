"""A wording and a title that some copies write on one line, with nothing between them."""

from __future__ import annotations

from typing import Final

WORDINGS: Final = (
    "Applied to job",
    "Connects bid for boosted proposal.",
    "We accepted your bid to boost a proposal. This is the final bid charge.",
    "We accepted your bid to boost a proposal. This is a refund for your total bid.",
    "You've been outbid to boost your proposal",
    "You bid to boost a proposal, but the job was closed",
    "Job cancelled",
    "Connects refunded",
    "Refunded Connects for Connects Award",
)
"""The wordings that a title can follow."""


def parted(line: str) -> tuple[str, str]:
    """The wording with which a line begins, and the rest. A wording that is not known is the whole line."""
    plain = line.replace("\u2019", "'").casefold()
    for wording in WORDINGS:
        if plain.startswith(wording.casefold()):
            return line[: len(wording)], line[len(wording) :].strip()
    return line, ""


def is_wording(line: str) -> bool:
    """Whether a line is one of these wordings."""
    return line.replace("\u2019", "'").casefold() in {wording.casefold() for wording in WORDINGS}
