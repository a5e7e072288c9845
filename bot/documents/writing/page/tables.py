"""The tables of the page: proposals, entries, lots and months. Each is in the order in which it is first read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.base.cleaning import cleaned_line
from bot.documents.writing.deeds import deed_of, worded
from bot.documents.writing.details import NO_DETAILS, details_of
from bot.documents.writing.page.page_voice import EMPTY, Cell
from bot.reply.words import day_of
from core.ledger.flows import summed
from core.shared.job_links import ID, JobLink, short_id
from core.shared.money import UNKNOWN, CostState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.writing.lots import Left
    from bot.documents.writing.page.page_voice import PageVoice
    from bot.documents.writing.team import TeamBooks
    from core.ledger.model import Lot
    from core.proposals.model import Proposal
    from core.statements.model import BookLine

TITLES: Final = {
    "members": ("page-members", "page-search-members"),
    "months": ("page-months", "page-search-months"),
    "proposals": ("page-proposals", "page-search-proposals"),
    "lots": ("page-lots", "page-search-lots"),
    "entries": ("page-entries", "page-search-entries"),
}
"""What each table is called, and what its search field is."""
JOB: Final = re.compile(ID)
TEXT, WORD, NUMBER, ORDER = "t", "w", "n", "o"
"""By what a column is sorted: as texts, as words of our own, as figures, or as the rows stand from the beginning."""


class Column(NamedTuple):
    """A column: its name, and by what it is sorted."""

    name: str
    sort: str = TEXT


class PageTable(NamedTuple):
    """A table of the page. The script knows it by its `name`. `titled`: which column says what a row is about."""

    name: str
    title: str
    search: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: str = ""
    nothing: str = ""
    titled: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(column.name for column in self.columns)

    @property
    def classes(self) -> str:
        """What the style needs to know: which columns are figures or words, and which one is the title."""
        shaped = {NUMBER, WORD}
        kinds = [f"{column.sort}{place}" for place, column in enumerate(self.columns, 1) if column.sort in shaped]
        return " ".join([f"t{self.titled}", *kinds])


class TableMaker:
    """Makes the tables of one order. `shown` are the lines of its days. `team`: who spent what, if that is known."""

    def __init__(
        self,
        order: DocumentOrder,
        books: BookData,
        speak: PageVoice,
        shown: Sequence[BookLine],
        team: TeamBooks | None = None,
    ) -> None:
        self._order, self._speak, self._shown, self._team = order, speak, shown, team
        self._details = details_of(books.sightings)
        numbers = {line.number for line in shown}
        self._proposals = [one for one in books.proposals if self._is_shown(one, numbers)]
        self._ref_of = {number: one.ref for one in self._proposals for number in one.entries}

    def proposals(self) -> PageTable:
        """A row for each proposal, newest first. Its last cell names its entries, which the script shows below it."""
        say = self._speak.say
        columns = (
            Column(say("column-number"), NUMBER),
            Column(say("field-bid-sent"), ORDER),
            Column(say("page-job")),
            Column(say("column-state"), WORD),
            Column(say("page-connects"), NUMBER),
            *((Column(say("page-cost-taxed"), NUMBER),) if self._order.money else ()),
            *((Column(say("column-by")),) if self._order.names else ()),
            Column(say("page-entries"), NUMBER),
        )
        newest = sorted(self._proposals, key=lambda one: one.sent, reverse=True)
        return self._table("proposals", columns, [self._proposal(one) for one in newest])

    def entries(self, opening: int) -> PageTable:
        """A row for each line, newest first, with the balance after it."""
        say = self._speak.say
        columns = (
            Column(say("column-number"), NUMBER),
            Column(say("column-day"), ORDER),
            Column(say("page-job")),
            Column(say("column-what"), WORD),
            Column(say("page-connects"), NUMBER),
            *((Column(say("page-money-taxed"), NUMBER),) if self._order.money else ()),
            Column(say("column-balance"), NUMBER),
            *((Column(say("column-by")),) if self._order.names else ()),
        )
        rows = []
        for line in self._shown:
            opening += line.connects
            rows.append(self._entry(line, opening))
        return self._table("entries", columns, rows[::-1])

    def lots(self, left: Mapping[int, Left]) -> PageTable:
        """A row for each lot that had Connects in these days, newest first, with what was left when they ended."""
        say, money = self._speak.say, self._order.money
        columns = (
            Column(say("column-number"), NUMBER),
            Column(say("column-issued"), ORDER),
            Column(say("column-source"), WORD),
            Column(say("column-expires"), NUMBER),
            Column(say("page-size"), NUMBER),
            Column(say("page-left"), NUMBER),
            *((Column(say(name), NUMBER) for name in ("page-net", "page-tax", "page-together")) if money else ()),
        )
        held = [(lot, left[lot.number].connects) for lot in self._order.lots if lot.number in left]
        newest = sorted(held, key=lambda one: (one[0].issued, one[0].number), reverse=True)
        rows = [self._lot(lot, connects) for lot, connects in newest if lot.size or connects]
        return self._table("lots", columns, rows)

    def _table(self, name: str, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]) -> PageTable:
        return table_of(self._speak, name, columns, rows)

    def _is_shown(self, proposal: Proposal, numbers: set[int]) -> bool:
        """Whether it was sent in these days, or anything of it moved in them."""
        days = self._order.days
        sent = day_of(proposal.sent, self._order.zone)
        return days is None or days[0] <= sent <= days[1] or not numbers.isdisjoint(proposal.entries)

    def _proposal(self, one: Proposal) -> tuple[Cell, ...]:
        speak, order = self._speak, self._order
        return (
            Cell(one.ref),
            speak.day(one.sent, key=False),
            self._job(one.title, one.job) or Cell(speak.say("proposal-untitled")),
            Cell(speak.say(f"reached-{one.end or one.stage}")),
            speak.number(one.net.connects),
            *((speak.prices(one.net.money, one.net.unknown, one.net.connects),) if order.money else ()),
            *((Cell(self._sender(one)),) if order.names else ()),
            Cell(" ".join(map(str, one.entries))),
        )

    def _sender(self, one: Proposal) -> str:
        if self._team is not None:
            return self._team.sender(one)
        return cleaned_line(self._order.name_of(one.by) or one.member)

    def _entry(self, line: BookLine, balance: int) -> tuple[Cell, ...]:
        speak, order = self._speak, self._order
        details = self._details.get(line.number, NO_DETAILS)
        ref = self._ref_of.get(line.number)
        job = self._job(line.memo or details.title, line.job or details.job) or EMPTY
        spender = "" if self._team is None else self._team.spender(line)
        by = spender or order.name_of(line.by) or details.member
        return (
            Cell(str(line.number)),
            speak.day(line.when, key=False),
            job._replace(own=job.text.startswith("#")) if ref is None else Cell(f"#{ref}"),
            Cell(speak.phrase(deed_of(line, known=ref is not None))),
            speak.number(line.connects, sign=True),
            *((self._worth(line),) if order.money else ()),
            speak.number(balance),
            *((Cell(cleaned_line(by)),) if order.names else ()),
        )

    def _worth(self, line: BookLine) -> Cell:
        unknown = sum(move.connects for move in line.moves if move.price == UNKNOWN)
        prices = summed(move.price for move in line.moves if move.price is not None)
        return self._speak.prices(prices, unknown, line.connects)

    def _lot(self, lot: Lot, left: int) -> tuple[Cell, ...]:
        speak = self._speak
        return (
            Cell(str(lot.number)),
            speak.day(lot.issued, key=False),
            Cell(speak.phrase(worded(lot.source))),
            speak.day(lot.expires) if lot.expires is not None else Cell(speak.say("never")),
            speak.number(lot.size),
            speak.number(left),
            *(self._price(lot) if self._order.money else ()),
        )

    def _price(self, lot: Lot) -> tuple[Cell, ...]:
        speak = self._speak
        if lot.cost_state is CostState.PAID and lot.price is not None:
            net, tax, currency = lot.price
            return speak.minor(net, currency), speak.minor(tax, currency), speak.minor(net + tax, currency)
        return EMPTY, EMPTY, Cell(speak.say(lot.cost_state))

    def _job(self, title: str, job: str) -> Cell | None:
        """A title that leads to its job, or the job's id; None if there is neither."""
        text = cleaned_line(title) or (short_id(job) if job else "")
        return Cell(text, link=link_to(job)) if text else None


def table_of(
    speak: PageVoice, name: str, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], *, titled: int = 3
) -> PageTable:
    """A table with its words."""
    title, search = (speak.say(sentence) for sentence in TITLES[name])
    total = speak.number(len(rows)).text
    return PageTable(name, title, search, columns, rows, total, speak.say("page-nothing"), titled)


def link_to(job: str) -> str:
    """The address of a job (empty: there is none)."""
    return JobLink(job).url if JOB.fullmatch(job) else ""
