"""Targets in words: who is to send how many bids, until when, and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reply.parts import say
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.reply.parts import Say
    from core.shared.ids import PersonId
    from core.team.targets import TargetProgress
    from core.wallets.team import Target


def target_named(target: Target, names: Mapping[PersonId, str], *, alone: bool = False) -> Say:
    """A target, such as "Ivan: 20 bids from Jan 12 to Jan 18"."""
    person = target.person
    whose = (
        say("limit-you" if alone else "limit-together")
        if person is None
        else say("raw", text=names.get(person, SOMEONE))
    )
    one_day = target.first == target.last
    days = {"first": target.first, "last": target.last, "span": "one" if one_day else "several"}
    return say("target-line", whom=whose, bids=target.bids, **days)


def progress_in_words(one: TargetProgress, today: date) -> Say:
    """How far a target is, and what is needed from now on."""
    if one.reached:
        state = "reached"
    elif one.over:
        state = "missed"
    elif today < one.target.first:
        state = "ahead"
    else:
        state = "last" if one.days == 1 else "going"
    return say(
        "target-progress",
        bids=one.bids,
        wanted=one.wanted,
        missing=one.missing,
        each=one.each_day,
        days=one.days,
        state=state,
    )
