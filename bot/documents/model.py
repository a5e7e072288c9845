"""What a document is made of. All of it is picklable, and is handed to the process that writes.

An order comes first. The books follow in pieces, because a wallet may have hundreds of thousands of entries, and
reading or pickling them at once would hold up the chat.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from core.forgetting.disclosure import Part
    from core.ledger.model import Entry, Lot
    from core.ledger.sightings import Sighting
    from core.proposals.model import Proposal
    from core.shared.ids import PersonId, WalletId
    from core.wallets.team import Same


class Form(StrEnum):
    """In which form a document is written. Its value is what people call it in a line."""

    CSV = "csv"
    EXCEL = "excel"
    BEANCOUNT = "beancount"
    HLEDGER = "hledger"
    CALENDAR = "calendar"
    PAGE = "page"
    """One page of HTML, to read in a browser."""


class Subject(StrEnum):
    """What a document is about."""

    ENTRIES = "entries"
    """What happened in the period, entry by entry; in a spreadsheet also lots, proposals and sums."""
    POSTINGS = "postings"
    """Every posting of the journal as it was booked, undone ones and corrections included."""
    STATEMENT = "statement"
    """What the period comes to."""
    REPORT = "report"
    """Figures, pictures and tables to read."""
    DATES = "dates"
    """What falls due in the days to come."""
    PERSON = "person"
    """Everything that is kept of whoever asks."""


class DueDate(NamedTuple):
    """Something that falls due: a whole day, or a moment. `uid` stays the same in every calendar.

    remind: the calendar itself is to remind people the day before.
    """

    uid: str
    at: date | datetime
    title: str
    detail: str = ""
    remind: bool = False


class ReportPicture(NamedTuple):
    """A picture of the report as SVG (empty: it could not be drawn), and in words what it shows."""

    name: str
    svg: str
    caption: str


class ReportFacts(NamedTuple):
    """What the report says beside the books: figures in ready sentences, and pictures."""

    sentences: tuple[str, ...] = ()
    pictures: tuple[ReportPicture, ...] = ()


class TeamFacts(NamedTuple):
    """What is known of those who share a wallet, apart from its books.

    people: for whom names on pages stand, as somebody has said. names: of these people.
    reader: who sees only their own figures, and those of all others together (None: each member's may be seen).
    answer: after how many days a bid counts in what came of them. same: who is whom since two persons were linked.
    """

    people: Mapping[str, PersonId | None]
    names: Mapping[PersonId, str]
    reader: PersonId | None
    answer: int
    same: Same = ()


class DocumentOrder(NamedTuple):
    """Which document is wanted, by whom, and what is known of the wallet apart from its books.

    days: the first and the last day, both included (None: all time).
    up_to: the number of the last entry that counts, so that all of the document is of one moment (`at`).
    money: what things cost is part of it.
    title: whose books they are (empty: those of the reader).
    lots: every lot of the wallet. names: of people who booked. team: who shares the wallet (None: nobody does).
    """

    subject: Subject
    form: Form
    wallet: WalletId
    days: tuple[date, date] | None
    at: datetime
    up_to: int
    locale: str
    zone: str
    currency: str
    money: bool = True
    title: str = ""
    lots: tuple[Lot, ...] = ()
    names: Mapping[PersonId, str] = {}
    dates: tuple[DueDate, ...] = ()
    report: ReportFacts = ReportFacts()
    team: TeamFacts | None = None

    def name_of(self, person: PersonId | None) -> str:
        """What somebody who booked is called (empty: nobody did, or they are not to be named)."""
        return "" if person is None else self.names.get(person, "")


class BookData(NamedTuple):
    """What a document is made of, or a piece of it: entries, what imports saw of them, and proposals, in any order.

    sightings: an entry's number and a row that a standing import saw of it, the oldest import first.
    payments: a purchase's number and the row of a list of transactions by which it was paid.
    names: of people who booked these entries, if they are to be named.
    disclosed: what is kept of a person, beside which there is nothing else.
    """

    entries: Sequence[Entry] = ()
    sightings: Sequence[tuple[int, Sighting]] = ()
    proposals: Sequence[Proposal] = ()
    names: Mapping[PersonId, str] = {}
    payments: Sequence[tuple[int, Sighting]] = ()
    disclosed: Sequence[Part] = ()


def together(pieces: Iterable[BookData]) -> BookData:
    """All pieces as one."""
    entries: list[Entry] = []
    sightings: list[tuple[int, Sighting]] = []
    proposals: list[Proposal] = []
    names: dict[PersonId, str] = {}
    payments: list[tuple[int, Sighting]] = []
    disclosed: list[Part] = []
    for piece in pieces:
        entries += piece.entries
        sightings += piece.sightings
        proposals += piece.proposals
        names |= piece.names
        payments += piece.payments
        disclosed += piece.disclosed
    return BookData(entries, sightings, proposals, names, payments, disclosed)


class Document(NamedTuple):
    """A finished document: the end of its file name, such as ".csv", and its bytes. `rows` is what it has of these.

    `data` is a second file with the same as JSON (empty: there is none).
    """

    suffix: str
    content: bytes
    rows: int = 0
    data: bytes = b""
