"""Who spent what: a row for each member, the most first; and one member by themselves."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reply.parts import Button, Buttons, Fields, reply, say
from bot.views.stats.phrases import days_in_words, spent_on
from bot.views.stats.query import in_rows
from bot.views.team.phrases import (
    cost_of,
    costs_of,
    is_named,
    name_of,
    outcomes_in_words,
    row_in_words,
    share_of,
)
from bot.views.team.query import IN_ROW, period_name, period_rows
from core.shared.names import SOMEONE
from core.stats.model import ENOUGH
from core.team.model import whole_connects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.reply.parts import Fact, Reply, Say
    from bot.views.team.query import TeamQuery
    from core.shared.ids import PersonId
    from core.team.model import MemberRow, TeamReport
    from core.wallets.team import Target

MOST_ROWS: Final = 10
"""How many members are listed: what a phone shows without scrolling far."""
MOST_FULL: Final = 6
"""Of more members than that, only the main figures are listed."""
MOST_ASKED: Final = 2
"""How many names without a person are asked about at a time."""
DIGEST_BYTES: Final = 4
COSTS: Final = {"bid": "each-proposal", "reply": "each-reply", "hire": "each-hire"}


class Progress(NamedTuple):
    """A target, and how many bids were sent for it so far."""

    target: Target
    bids: int


class TeamView(NamedTuple):
    """The report with what its reader may see of it.

    `names` are of people here. `money`: it may be said what things cost in money; if not, `beside` is the button that
    leads there. `answer`: after how many days a bid counts. `others`: how many members have rows that the reader does
    not see. `unnamed` are names on pages of which the reader may say who that is.
    """

    found: TeamReport
    query: TeamQuery
    names: Mapping[PersonId, str]
    answer: int
    money: bool = False
    beside: Button | None = None
    others: int = 0
    unnamed: tuple[str, ...] = ()
    targets: tuple[Progress, ...] = ()


def digest(name: str) -> str:
    """A name in a button's line, which has no room for long ones."""
    return hashlib.blake2b(name.encode(), digest_size=DIGEST_BYTES).hexdigest()


def team_report_reply(view: TeamView) -> Reply:
    """The rows of the report, what they come to together, and what else can be seen."""
    rows = Fields(tuple(_rows(view)), title_of(view))
    return reply(rows, *_notes(view), Buttons(tuple(_buttons(view))), replace=True)


def title_of(view: TeamView) -> Say:
    """Which days the report is of."""
    return say("team-title", period=_period(view))


def _period(view: TeamView) -> Say:
    days = days_in_words(view.found.first, view.found.last)
    name = period_name(view.query.period)
    return days if name is None else say("period-with-days", name=name, days=days)


def _listed(view: TeamView) -> tuple[MemberRow, ...]:
    """The rows that are shown; one more takes no more room than to say that there is one more."""
    rows = view.found.rows
    return rows if view.query.more or len(rows) <= MOST_ROWS + 1 else rows[:MOST_ROWS]


def _rows(view: TeamView) -> Iterator[tuple[Say, Fact]]:
    whole, brief = view.found.whole, len(view.found.rows) > MOST_FULL
    for row in _listed(view):
        yield name_of(row.who, view.names), row_in_words(row, whole, money=view.money, brief=brief)
    if len(view.found.rows) != 1 or view.others:
        yield say("team-together"), row_in_words(whole, whole, money=view.money)


def _notes(view: TeamView) -> Iterator[Say]:
    """What must be known to read the figures, and how far the targets are."""
    outcomes = view.found.whole.outcomes
    if view.others:
        yield say("team-others", count=view.others)
    if outcomes.bids and not outcomes.heard:
        yield say("team-untold")
    elif outcomes.young:
        yield say("team-young", count=outcomes.young, days=view.answer)
    if outcomes.heard and any(0 < row.outcomes.counted < ENOUGH for row in view.found.rows):
        yield say("team-few", enough=ENOUGH)
    if view.money and view.found.whole.unknown:
        yield say("team-unknown", connects=view.found.whole.unknown)
    yield from (target_in_words(one, view.names) for one in view.targets)


def target_in_words(one: Progress, names: Mapping[PersonId, str]) -> Say:
    """How far a target is."""
    person = one.target.person
    return say(
        "team-target",
        person="no" if person is None else "yes",
        whose="" if person is None else say("raw", text=names.get(person, SOMEONE)),
        sent=one.bids,
        bids=one.target.bids,
        last=one.target.last,
        reached="yes" if one.bids >= one.target.bids else "no",
    )


def _buttons(view: TeamView) -> Iterator[tuple[Button, ...]]:
    found, query = view.found, view.query
    listed = _listed(view)
    if len(found.rows) > 1:
        named = (row.who for row in listed if row.who.member and is_named(row.who, view.names))
        yield from in_rows((Button(name_of(who, view.names), query.of(who).line) for who in named), IN_ROW)
    if (more := len(found.rows) - len(listed)) > 0:
        yield (Button(say("button-more-members", count=more), query._replace(more=True).line),)
    for name in view.unnamed[:MOST_ASKED]:
        yield (Button(say("button-who-is", name=name), f"teamname {digest(name)}"),)
    yield from period_rows(query)
    beside = (query.picture if found.rows else None, view.beside)
    yield tuple(button for button in beside if button is not None)


def team_member_reply(view: TeamView, row: MemberRow) -> Reply:
    """All figures of one member, and the way back."""
    title = say("team-member-title", name=name_of(row.who, view.names), period=_period(view))
    every = Button(say("button-all-members"), view.query.whole.line)
    rows = (*period_rows(view.query), tuple(button for button in (every, view.beside) if button is not None))
    return reply(Fields(tuple(_figures(view, row)), title), *_notes_of(view, row), Buttons(rows), replace=True)


def _figures(view: TeamView, row: MemberRow) -> Iterator[tuple[Say, Fact]]:
    outcomes, whole = row.outcomes, view.found.whole
    share, known = (share_of(row, whole), "yes") if whole.connects else (0, "no")
    yield say("field-team-spent"), say("team-spent-of", connects=row.connects, share=share, known=known)
    if len(row.spent) > 1 and (on := spent_on(row.spent)) is not None:
        yield say("field-team-on"), on
    if row.returned:
        yield say("field-team-returned"), row.returned
    if view.money and (cost := cost_of(row)):
        yield say("field-team-cost"), cost
    if not outcomes.bids:
        return
    told = bool(whole.outcomes.heard)
    yield say("field-team-bids"), outcomes_in_words(outcomes, told=told)
    for name, tenths in costs_of(outcomes, told=told).items():
        yield say(COSTS[name]), say("connects", connects=whole_connects(tenths))


def _notes_of(view: TeamView, row: MemberRow) -> Iterator[Say]:
    if row.outcomes.bids and not view.found.whole.outcomes.heard:
        yield say("team-untold")
    elif row.outcomes.young:
        yield say("team-young", count=row.outcomes.young, days=view.answer)
    if 0 < row.outcomes.counted < ENOUGH and view.found.whole.outcomes.heard:
        yield say("team-few", enough=ENOUGH)
    yield from (target_in_words(one, view.names) for one in view.targets if one.target.person == row.who.person)


def nothing_then(view: TeamView, name: Say | None = None) -> Reply:
    """Nobody spent anything in these days, or this member did not."""
    sentence = say("team-nothing", days=_period(view), one="no" if name is None else "yes", name=name or "")
    every = Button(say("button-all-members"), view.query.whole.line)
    rows = (*period_rows(view.query), *([] if name is None else [(every,)]))
    targets = view.targets if name is None else ()
    return reply(sentence, *(target_in_words(one, view.names) for one in targets), Buttons(rows), replace=True)
