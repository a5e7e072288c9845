"""What somebody spent and what came of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import enumerated, say
from bot.views.entries import sum_of
from bot.views.progress import beginning_of
from bot.views.stats.phrases import in_clauses, spent_on
from core.team.model import whole_connects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.reply.parts import Fact, Say
    from core.shared.ids import PersonId
    from core.team.model import MemberRow, Outcomes, Who

LONGEST_NAME: Final = 24
PERCENT: Final = 100
EACH: Final = {"bid": "team-each-bid", "reply": "team-each-reply", "hire": "team-each-hire"}


def name_of(who: Who, names: Mapping[PersonId, str]) -> Say:
    """What somebody is called: by the name that they have here, or else by that which pages give them."""
    if name := _known_name(who, names):
        return say("raw", text=beginning_of(name, LONGEST_NAME))
    return say("team-nobody" if who.person is None else "someone")


def is_named(who: Who, names: Mapping[PersonId, str]) -> bool:
    """Whether somebody can be asked about: whoever was forgotten has no name."""
    return bool(_known_name(who, names))


def _known_name(who: Who, names: Mapping[PersonId, str]) -> str:
    return who.name if who.person is None else names.get(who.person, "") or who.name


def row_in_words(row: MemberRow, whole: MemberRow, *, money: bool, brief: bool = False) -> Say:
    """A row of the report: what was spent, on what, what came back, and what came of it."""
    return in_clauses(list(_pieces(row, whole, money=money, brief=brief)))


def _pieces(row: MemberRow, whole: MemberRow, *, money: bool, brief: bool) -> Iterator[Say]:
    yield spent_in_words(row, None if row is whole else whole, money=money)
    if not brief and len(row.spent) > 1 and (on := spent_on(row.spent)) is not None:
        yield on
    if row.returned:
        yield say("moved-returned", connects=row.returned)
    if row.outcomes.bids:
        yield outcomes_in_words(row.outcomes, told=bool(whole.outcomes.heard))
    if not brief and (each := each_in_words(row.outcomes, told=bool(whole.outcomes.heard))) is not None:
        yield each


def spent_in_words(row: MemberRow, whole: MemberRow | None, *, money: bool) -> Say:
    """The Connects, with their share of all (None: they are all), and where it may be said their cost."""
    share: Fact = "none" if whole is None or not row.connects else share_of(row, whole)
    cost = cost_of(row) if money else None
    known = "no" if cost is None else "yes"
    return say("team-spent", connects=row.connects, share=share, money=known, price=cost or "")


def share_of(row: MemberRow, whole: MemberRow) -> int:
    """The percentage of all Connects."""
    return (2 * PERCENT * row.connects + whole.connects) // (2 * whole.connects)


def cost_of(row: MemberRow) -> Fact:
    """What the Connects had cost; None if nobody knows of any."""
    cost = sum_of(row.money)
    return cost if cost is not None else None if row.unknown or not row.connects else say("free")


def outcomes_in_words(outcomes: Outcomes, *, told: bool) -> Say:
    """How many bids were sent, and where it is known, how many replies and hires came of them."""
    early = _came(outcomes.early, outcomes.early_hires)
    known, so_far = ("yes", enumerated(early, "list-comma")) if outcomes.early else ("no", "")
    bids = say("team-bids", count=outcomes.bids, young=outcomes.young if told else 0, known=known, early=so_far)
    if not told or not outcomes.counted:
        return bids
    return enumerated([bids, *_came(outcomes.replies, outcomes.hires)], "list-comma")


def _came(replies: int, hires: int) -> list[Say]:
    """How many replies there were, and if any, how many hires."""
    return [say("team-replies", count=replies), *([say("team-hires", count=hires)] if hires else [])]


def costs_of(outcomes: Outcomes, *, told: bool) -> Mapping[str, int]:
    """What a bid, a reply and a hire cost, in tenths of a Connect, as far as that is known; of one bid it is plain."""
    costs = {"bid": outcomes.each_bid if outcomes.priced > 1 else None}
    costs |= {"reply": outcomes.each_reply, "hire": outcomes.each_hire} if told else {}
    return {name: tenths for name, tenths in costs.items() if tenths is not None}


def each_in_words(outcomes: Outcomes, *, told: bool) -> Say | None:
    """What a bid, a reply and a hire cost in Connects; None if that is not known."""
    costs = costs_of(outcomes, told=told)
    each = [say(EACH[name], connects=whole_connects(tenths)) for name, tenths in costs.items()]
    return enumerated(each, "list-comma") if each else None
