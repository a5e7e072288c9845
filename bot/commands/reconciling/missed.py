"""What a difference was found to come from, and what must be asked before it is booked."""

from __future__ import annotations

from typing import Annotated, Final

from bot.command.declaration import Call, MissingOptionError, Suggestion, command
from bot.options.numbers import MOST_CONNECTS, Whole
from bot.options.text import Text
from bot.reply.parts import Reply, say
from core.shared.job_links import job_in

UNTITLED: Final = "none"


@command("missed", hidden=True)
async def missed(
    call: Call,
    connects: Annotated[int, Whole(high=MOST_CONNECTS, ruled=True)],
    bid: Annotated[str, Text(hidden=True)] = "",
) -> Reply:
    """Book a bid that nobody had typed, once it is known on which job it was. No limit keeps out what was sent."""
    if not bid:
        raise MissingOptionError("bid", None, (Suggestion(UNTITLED, say("button-untitled")),))
    job = job_in(bid)
    title = "" if job is not None or bid.casefold() == UNTITLED else bid
    return await call.commands["spend"].run(call, connects, job=job, title=title, sent=True)
