"""Who spent what, as a document says it: by the one rule of `core.team.attribution`, like `/team` of the same days."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.base.cleaning import cleaned_line
from bot.documents.writing.columns import Column, Content, Table, money_columns
from bot.documents.writing.costs import money_of
from bot.reply.parts import say
from bot.reply.words import voice
from core.ledger.budget import SPENT_ON
from core.ledger.model import Kind, Purpose
from core.proposals.model import ProposalKind
from core.shared.calendar import day_in
from core.stats.team import Authors, outcomes_of
from core.team.attribution import Naming, add_namings
from core.team.model import whole_connects
from core.team.report import edges_of, team_report, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from bot.documents.model import BookData, DocumentOrder, TeamFacts
    from bot.documents.writing.columns import Row
    from core.ledger.model import Entry
    from core.proposals.model import Proposal
    from core.statements.model import BookLine
    from core.team.model import Member, MemberRow, TeamReport, Who

CORRECTS = frozenset({Kind.RETURN, Kind.UNDO, Kind.RECAST})
"""Kinds of entries that are about an earlier one."""


class NamedRow(NamedTuple):
    """A row of the report, with a name that no other row has."""

    name: str
    row: MemberRow


class TeamBooks:
    """Who spent what of the books of an order, as far as its reader may see it.

    Whoever sees only their own figures has all others as one.
    """

    def __init__(self, order: DocumentOrder, facts: TeamFacts, books: BookData, lines: Sequence[BookLine]) -> None:
        self._order, self._facts, self._lines = order, facts, lines
        self._days: tuple[date | None, date] = order.days or (None, day_in(order.zone, order.at))
        self._proposals = books.proposals
        self._authors = _authors(facts, books)
        self._people = {**order.names, **facts.names}
        self._net: Counter[int] = Counter()
        self._spends: dict[int, Who] = {}
        for line in lines:
            spent = -sum(move.connects for move in line.moves if move.account in SPENT_ON)
            self._net[line.of if line.kind is Kind.RETURN and line.of else line.number] += spent
            if line.kind is not Kind.RETURN and any(move.account in SPENT_ON for move in line.moves):
                self._spends[line.number] = self._authors.of_line(line)
        self._names = self._named((*self._spends.values(), *map(self._authors.of_card, books.proposals)))

    @property
    def every(self) -> bool:
        """Whether each member is a row of their own."""
        return self._facts.reader is None

    @property
    def spent_something(self) -> bool:
        """Whether anybody has ever spent anything, or sent a proposal."""
        return bool(self._names)

    def spender(self, line: BookLine) -> str:
        """Who spent what a line is about: a spend, or what came back of one (empty: it is about neither)."""
        return self._name_of_spend(line.of if line.kind is Kind.RETURN else line.number)

    def spent(self, line: BookLine) -> int | None:
        """What a spend came to in the end, net of what came back of it however late (None: it is no spend)."""
        return self._net[line.number] if line.number in self._spends else None

    def spenders(self, entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
        """The numbers of all entries of the journal, in their order, each with who spent what it is about.

        What was undone was spent by nobody, and neither was its undo.
        """
        about: dict[int, int | None] = {}
        for entry in entries:
            spend = about.get(entry.of or 0, entry.of) if entry.kind in CORRECTS else entry.number
            about[entry.number] = spend
            yield entry.number, self._name_of_spend(spend)

    def sender(self, proposal: Proposal) -> str:
        """Who sent a proposal."""
        return self._name(self._authors.of_card(proposal))

    @cached_property
    def rows(self) -> tuple[NamedRow, ...]:
        """A row for each member, the most first."""
        found, reader = self._report().rows, self._facts.reader
        if reader is None:
            return tuple(NamedRow(self._name(row.who), row) for row in found)
        own = [NamedRow(self._name(row.who), row) for row in found if row.who.person == reader]
        others = [row for row in found if row.who.person != reader]
        return (*own, *((NamedRow(self._others, whole_of(others)),) if others else ()))

    def _report(self) -> TeamReport:
        order, (since, before) = self._order, edges_of(self._days, self._order.zone)
        recent = order.at - timedelta(days=self._facts.answer)
        sent = (one for one in self._proposals if one.kind is ProposalKind.BID and since <= one.sent < before)
        outcomes = outcomes_of(sent, self._authors, recent)
        return team_report(self._lines, self._authors.of_line, outcomes, self._days, order.zone)

    def _name_of_spend(self, number: int | None) -> str:
        who = self._spends.get(number or 0)
        return "" if who is None else self._name(who)

    def _name(self, who: Who) -> str:
        if self._facts.reader is not None and who.person != self._facts.reader:
            return self._others
        return self._names[who.member]

    @cached_property
    def _others(self) -> str:
        return voice(self._order.locale, self._order.zone).say(say("team-others-together"))

    def _named(self, every: Iterable[Who]) -> Mapping[Member, str]:
        """What each member is called. No two are called the same: a spreadsheet adds up by these names."""
        people: dict[Member, Who] = {}
        for who in every:
            if not people.setdefault(who.member, who).name:
                people[who.member] = who
        names = {member: self._called(who) for member, who in people.items()}
        often = Counter(name.casefold() for name in names.values())
        taken = set() if self._facts.reader is None else {self._others.casefold()}
        shown: dict[Member, str] = {}
        for member, name in names.items():
            named = not isinstance(member, str) and member in self._people
            known = f"{name} (#{member})" if named and often[name.casefold()] > 1 else name
            shown[member] = _free(known, taken)
            taken.add(shown[member].casefold())
        return shown

    def _called(self, who: Who) -> str:
        name = who.name if who.person is None else self._people.get(who.person, "") or who.name
        if cleaned := cleaned_line(name):
            return cleaned
        speak = voice(self._order.locale, self._order.zone)
        return speak.say(say("team-nobody" if who.person is None else "someone"))


def team_of(order: DocumentOrder, books: BookData, lines: Sequence[BookLine]) -> TeamBooks | None:
    """Who spent what of a group's books. None if they are a person's own, or nothing was spent."""
    if order.team is None:
        return None
    team = TeamBooks(order, order.team, books, lines)
    return team if team.spent_something else None


def team_table(found: Sequence[NamedRow], *, money: bool) -> Table:
    """A row for each member: what they spent, on what, what came back and what came of it."""
    whole = whole_of(row for _, row in found)
    purposes = tuple(purpose for purpose in Purpose if any(row.spent.get(purpose) for _, row in found))
    currencies = tuple(price.currency for price in whole.money) if money else ()
    told, sent = bool(whole.outcomes.heard), bool(whole.outcomes.bids)
    columns = (
        Column("member", Content.TEXT),
        Column("spent", Content.CONNECTS, total=True),
        *(Column(f"for_{purpose}", Content.CONNECTS, total=True) for purpose in purposes),
        Column("back", Content.CONNECTS, total=True),
        Column("unknown", Content.CONNECTS, total=True),
        *money_columns(currencies),
        *((Column(name, Content.CONNECTS, total=True) for name in ("bids", "young")) if sent else ()),
        *((Column(name, Content.CONNECTS, total=True) for name in ("replies", "hires")) if told else ()),
        *((Column("each_bid", Content.CONNECTS),) if sent else ()),
        *((Column(name, Content.CONNECTS) for name in ("each_reply", "each_hire")) if told else ()),
    )
    rows = (_cells(one, purposes, currencies, sent=sent, told=told) for one in found)
    return Table(columns, rows, len(found))


def _cells(one: NamedRow, purposes: Iterable[Purpose], currencies: Iterable[str], *, sent: bool, told: bool) -> Row:
    row, outcomes = one.row, one.row.outcomes
    return (
        one.name, row.connects, *(row.spent.get(purpose, 0) for purpose in purposes), row.returned, row.unknown,
        *money_of({price.currency: price for price in row.money}, currencies),
        *((outcomes.bids, outcomes.young) if sent else ()),
        *((outcomes.replies, outcomes.hires) if told else ()),
        *((_each(outcomes.each_bid),) if sent else ()),
        *((_each(outcomes.each_reply), _each(outcomes.each_hire)) if told else ()),
    )  # fmt: skip


def _each(tenths: int | None) -> int | None:
    return None if tenths is None else whole_connects(tenths)


def _authors(facts: TeamFacts, books: BookData) -> Authors:
    by = {entry.number: entry.by for entry in books.entries if entry.kind is Kind.SPEND}
    namings: dict[int, Naming] = {}
    add_namings(namings, ((number, row) for number, row in books.sightings if number in by))
    return Authors(by, namings, facts.people, facts.same)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    return free
