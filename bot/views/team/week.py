"""The Friday summary of a team: who spent what, what came of it, how targets and limits stand, and what to do next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fields, reply, say
from bot.views.lots.advice import advice_button, advice_in_words
from bot.views.team.feed import NAME, with_names
from core.delivery.gathering import lines_in
from core.forecast.advice import ADVISED, advice_in
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reply.parts import Fact, Reply, Say
    from bot.views.showing import Showing
    from core.delivery.notice import Notice
    from core.store import Store

    Line = Mapping[str, str | int]
    Row = tuple[Say, Fact]

SUMMED: Final = frozenset({"member", "others", "whole", "cost"})
"""The rows of who spent what. Money is left out of them where it is not shown."""


def team_week(notice: Notice, showing: Showing) -> Reply:
    """The summary. What is advised has a button for it, as in the digest."""
    facts, lines, advice = notice.facts, lines_in(notice.facts), advice_in(notice.facts)
    span = {"first": date.fromisoformat(str(facts["from"])), "last": date.fromisoformat(str(facts["until"]))}
    does = advice_button(advice, showing.rulebook, money=showing.private, admin=showing.private)
    row = Button(say("item-team"), "team"), Button(say("button-weekly-off"), "alerts weekly=off")
    return reply(
        say("alert-team-week", **span),
        Fields(tuple(_row(line) for line in lines if line["row"] in SUMMED)),
        _titled("team-week-targets", [line for line in lines if line["row"] == "target"]),
        _titled("team-week-limits", [line for line in lines if line["row"] == "limit"]),
        advice_in_words(advice, money=showing.money) if ADVISED in facts else None,
        Buttons((row,) if does is None else ((does,), row)),
    )


async def named_week(notice: Notice, store: Store) -> Notice:
    """The summary with the names of those who are in it."""
    return notice._replace(facts={**notice.facts, **await with_names(lines_in(notice.facts), store)})


def _titled(title: str, lines: list[Line]) -> Fields | None:
    return Fields(tuple(map(_row, lines)), say(title)) if lines else None


def _row(line: Line) -> Row:
    match line["row"]:
        case "cost":
            return say("field-cost"), Price(int(line["net"]), int(line["tax"]), str(line["currency"]))
        case "target":
            last = date.fromisoformat(str(line["last"]))
            return _who(line), say("team-week-target", bids=line["bids"], goal=line["goal"], last=last)
        case "limit":
            return _who(line), _limit(line)
        case _:
            return _who(line), say("team-week-sums", connects=say("connects", connects=line["connects"]), **_came(line))


def _who(line: Line) -> Say:
    """Whose row it is."""
    if line["row"] == "others":
        return say("team-week-others", members=line["members"])
    if line["row"] == "member":
        name = str(line.get(NAME) or line.get("page", ""))
        return say("raw", text=name) if name else say("team-week-nobody")
    return say("raw", text=str(line[NAME])) if NAME in line else say("team-week-together")


def _came(line: Line) -> Mapping[str, int]:
    return {name: int(line[name]) for name in ("bids", "replies", "hires")}


def _limit(line: Line) -> Say:
    """By how much a limit is passed; of one in money only the percentage is known here."""
    which = {"period": line["period"], "boosts": "yes" if line.get("boosts") else "no"}
    if "spent" not in line:
        return say("team-week-limit-percent", percent=line["percent"], **which)
    return say("team-week-limit", spent=line["spent"], amount=line["amount"], **which)
