"""Limits in words: whom they are for, how they stand, and when they are whole again.

Where money is hidden, a limit in money is shown as a percentage of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.options.choice import choice
from bot.reply.parts import say
from core.shared.calendar import DAY, WEEK, day_in
from core.shared.money import Price
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.reply.parts import Fact, Say
    from core.ledger.limits import Usage
    from core.shared.ids import PersonId
    from core.wallets.team import Limit

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Reader(NamedTuple):
    """Who reads it, and when: names by the people, whether money may be shown, the moment and the wallet's zone.

    `me` is the person who is addressed (None: nobody is). `alone`: the wallet is theirs only.
    """

    names: Mapping[PersonId, str]
    money: bool
    at: datetime
    zone: str
    me: PersonId | None = None
    alone: bool = False


def whom(limit: Limit, person: PersonId | None, reader: Reader) -> Say:
    """Whose spends count: a member's, those of each member, or those of all together."""
    if person is not None:
        return say("raw", text=reader.names.get(person, SOMEONE))
    return say("limit-you" if reader.alone else "limit-each" if limit.each else "limit-together")


def amount_of(limit: Limit, amount: int, reader: Reader) -> Say:
    """An amount in the unit of a limit."""
    if limit.currency:
        return say("limit-money", price=Price(amount, 0, limit.currency)) if reader.money else say("limit-hidden")
    return say("connects", connects=amount)


def limit_in_words(limit: Limit, reader: Reader) -> Say:
    """A limit, such as "Ivan: 100 Connects a week"."""
    return say(
        "limit-line",
        whom=whom(limit, limit.person, reader),
        amount=amount_of(limit, limit.amount, reader),
        per=choice(limit.period, "per"),
        boosts="yes" if limit.boosts else "no",
    )


def usage_in_words(one: Usage, reader: Reader) -> Say:
    """How much of a limit is spent and left, and when it is whole again."""
    limit, when = one.limit, whole_again(one.until, reader)
    if not one.spent and not one.lifted:
        return say("limit-unspent", when=when)
    if limit.currency and not reader.money:
        return say("limit-percent", percent=one.percent, when=when)
    spent, left = _figure(one, one.spent, reader), _figure(one, abs(one.left), reader)
    state = "over" if one.over else "none" if not one.left else "left"
    return say(
        "limit-stands",
        spent=spent,
        left=left,
        state=state,
        when=when,
        lifted=_figure(one, one.lifted, reader) if one.lifted else "none",
    )


def in_brief(one: Usage, reader: Reader) -> Say:
    """How much of a limit somebody has spent, in a list of several people."""
    if one.limit.currency and not reader.money:
        return say("limit-brief-percent", percent=one.percent)
    return say("limit-brief", spent=_figure(one, one.spent, reader), amount=_figure(one, one.amount, reader))


def _figure(one: Usage, figure: int, reader: Reader) -> Fact:
    return Price(figure, 0, one.limit.currency) if one.limit.currency and reader.money else figure


def limit_remark(one: Usage, reader: Reader) -> Say:
    """What is said to somebody beside their receipt: a limit is nearly used up, or passed."""
    limit = one.limit
    own = reader.alone or (one.person is not None and one.person == reader.me)
    who = "you" if own else "all" if one.person is None else "one"
    state = "over" if one.over else "none" if not one.left else "left"
    shown: dict[str, Fact] = {
        "who": who,
        "name": reader.names.get(one.person, SOMEONE) if one.person is not None else "",
        "then": choice(limit.period, "then"),
        "when": whole_again(one.until, reader),
        "state": state,
        "boosts": "yes" if limit.boosts else "no",
    }
    if limit.currency and not reader.money:
        return say("limit-near-percent", percent=one.percent, **shown)
    left = _figure(one, abs(one.left), reader)
    return say(
        "limit-near",
        spent=_figure(one, one.spent, reader),
        amount=amount_of(limit, one.amount, reader),
        left=left,
        **shown,
    )


def whole_again(until: datetime, reader: Reader) -> Say:
    """The day on which a limit is whole again: "tomorrow", "on Monday", "on Feb 1"."""
    return when_whole(until, reader.at, reader.zone)


def when_whole(until: datetime, at: datetime, zone: str) -> Say:
    """A day to come, seen from a moment."""
    day, today = day_in(zone, until), day_in(zone, at)
    if day == today + DAY:
        return say("whole-tomorrow")
    if day == today + WEEK * DAY:
        return say("whole-next", weekday=say(f"weekday-{WEEKDAYS[day.weekday()]}"), day=day)
    if today < day < today + WEEK * DAY:
        return say("whole-weekday", weekday=say(f"weekday-{WEEKDAYS[day.weekday()]}"))
    return say("whole-day", day=day)
