"""Commands for what is spent: spend, and what a bare number means."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from bot.command.declaration import Call, UnfitError, command
from bot.commands.ledger.remarks import bid_before, budget_after, low_after
from bot.commands.ledger.suggestions import recent_titles, usual_amounts
from bot.options.choice import Choice
from bot.options.numbers import MOST_CONNECTS, Whole
from bot.options.text import Link, Text
from bot.reply.parts import Button, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import cost, left, named, undo_button
from core.ledger.model import Purpose
from core.shared.job_links import JobLink

CLOCKS_DIFFER = timedelta(days=1)


@command("spend", "bid")
async def spend(
    call: Call,
    connects: Annotated[int, Whole(high=MOST_CONNECTS, ruled=True, suggest=usual_amounts)],
    purpose: Annotated[Purpose, Choice(of=Purpose, lowercase=True)] = Purpose.PROPOSAL,
    job: Annotated[JobLink | None, Link()] = None,
    title: Annotated[str, Text(suggest=recent_titles, undated=True)] = "",
) -> Reply:
    """Book Connects that were spent on a proposal, a boost, the badge, a profile ad or something else."""
    if job is not None and job.posted is not None and job.posted > call.at + CLOCKS_DIFFER:
        raise UnfitError(say("unfit-link-future", day=job.posted))
    memo = title or (job.title if job is not None else "")
    receipt = await call.books.spend(call.request, connects, purpose, memo, "" if job is None else job.id)
    rows: list[tuple[Say, Fact]] = [(say("field-cost"), cost(receipt.entry)), left(receipt)]
    if job is not None and job.posted is not None:
        rows.insert(0, (say("field-posted"), say("posted-before", age=max(receipt.entry.at - job.posted, timedelta()))))
    back = Button(say("button-return"), f"return {receipt.entry.number}")
    return reply(
        say("spend-done", number=receipt.entry.number, connects=connects, deed=named(receipt.entry)),
        Fields(tuple(rows)),
        await bid_before(call, receipt.entry),
        low_after(call, receipt),
        await budget_after(call, receipt),
        buttons(undo_button(receipt), back),
    )


@command("number", hidden=True, needs_wallet=False)
async def number_(_call: Call, connects: Annotated[int, Whole()], title: Annotated[str, Text()] = "") -> Reply:
    """Ask what a bare number means."""
    return reply(
        say("number-what-titled", connects=connects, title=title) if title else say("number-what", connects=connects),
        buttons(
            Button(say("button-spend"), f"spend {connects} {title}".strip()),
            Button(say("button-boost"), f"spend {connects} boost {title}".strip()),
            None if title else Button(say("button-bought"), f"buy {connects}"),
            asks=True,
        ),
    )
