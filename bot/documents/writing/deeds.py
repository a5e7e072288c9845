"""What the lines of the books did, in the words of the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import say
from core.ledger.model import Kind, Source, source_of

if TYPE_CHECKING:
    from bot.reply.parts import Say
    from core.statements.model import BookLine

NAMED_BY_ACCOUNT: Final = frozenset({Kind.SPEND, Kind.GRANT})
"""Kinds that say less than where the Connects went or came from."""


def what_of(line: BookLine) -> str:
    """What Connects were spent on, or where they came from."""
    return source_of(line.beyond) or line.beyond.partition(":")[2]


def deed_of(line: BookLine, *, known: bool = False) -> Say:
    """What a line did, such as "Proposal" or "Return of #3". `known`: what it returns is named beside it."""
    if line.kind in NAMED_BY_ACCOUNT:
        return worded(what_of(line))
    if line.kind is not Kind.RETURN:
        return say(f"deed-{line.kind}")
    return worded(Source.RETURN) if known or line.of is None else say("deed-return", of=str(line.of))


def worded(value: str) -> Say:
    """What a purpose or a source is called."""
    return say(f"choice-{value.replace('_', '-')}")
