"""Turns the lines of the books into transactions: in the order of their days, from what was there before the period."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final

from bot.base.cleaning import cleaned_line
from bot.documents.writing.columns import with_progress
from bot.documents.writing.deeds import deed_of
from bot.documents.writing.details import NO_DETAILS, details_of
from bot.documents.writing.entries import lines_of
from bot.documents.writing.journals.accounts import CONNECTS, HELD, OPENING, UNPRICED, account_of
from bot.documents.writing.journals.day_order import in_order
from bot.documents.writing.journals.transactions import Holdings, Leg, Transaction, units_of
from bot.documents.writing.team import team_of
from bot.reply.parts import say
from bot.reply.words import Voice
from core.ledger.model import Kind
from core.shared.calendar import DAY, tzinfo_of
from core.shared.money import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from core.statements.model import BookLine, Move

READ: Final = 0.4
"""How much is done when the lines are known."""
SAID_BY_TITLE: Final = (Kind.SPEND, Kind.GRANT)
"""Kinds of which the account says what was done, so that the title is enough."""


class Journal:
    """The books of an order, to be read once: first `opening`, then all `transactions`, then what is left."""

    def __init__(self, order: DocumentOrder, books: BookData, progress: Progress) -> None:
        self.order, self.progress = order, progress
        self.voice = Voice(order.locale, order.zone)
        self.zone = tzinfo_of(order.zone)
        self.expiries = {lot.number: lot.expires for lot in order.lots}
        self.sources = {lot.number: lot.source.value for lot in order.lots}
        self.details = details_of(books.sightings, books.payments)
        self.named = len(order.names) > 1
        lines = lines_of(order, books)
        self.team = team_of(order, books, lines)
        self.titles = {line.number: line.memo for line in lines if line.memo}
        self.back = {line.of for line in lines if line.kind is Kind.RETURN}
        self.currency_of = _currencies(lines, order.currency)
        firsts = {move.lot: line.when for line in reversed(lines) for move in line.moves}
        self.issues = {lot: self.day(when) for lot, when in firsts.items()}
        self.issues |= {lot.number: self.day(lot.issued) for lot in order.lots}
        self.holdings = Holdings(HELD)
        self.today = max(self.day(order.at), self.day(lines[-1].when)) if lines else self.day(order.at)
        self.days = order.days or (self.day(lines[0].when) if lines else self.today, self.today)
        first, last = self.days
        days = groupby(in_order(lines, self.day), key=lambda line: self.day(line.when))
        ordered = [(day, [*of_day]) for day, of_day in days if day <= last]
        self.before = [line for day, of_day in ordered if day < first for line in of_day]
        self.within = [line for day, of_day in ordered if day >= first for line in of_day]
        progress(READ)

    @property
    def title(self) -> str:
        """Whose books they are."""
        name = cleaned_line(self.order.title)
        return self.voice.say(say("journal-of", title=name) if name else say("journal-of-connects"))

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies in which anything has a cost, the usual one first."""
        used = {self.order.currency, *self.currency_of.values()} - {UNPRICED}
        return tuple(sorted(used, key=lambda currency: (currency != self.order.currency, currency)))

    @property
    def about(self) -> Iterator[str]:
        """What people who open the file should know, line by line."""
        first, last = self.days
        period = say("journal-period", first=str(first), last=str(last), zone=self.order.zone)
        unpriced = [say("journal-about-unpriced")] if self.unpriced else []
        for sentence in (period, say("journal-about-tax"), *unpriced):
            yield from self.voice.say(sentence).splitlines()

    @property
    def unpriced(self) -> bool:
        """Whether any Connects have a cost that nobody has stated."""
        return UNPRICED in self.currency_of.values()

    @property
    def commodities(self) -> Mapping[str, str]:
        """What is counted beside money, with its name."""
        names = {CONNECTS: "journal-connects"} | ({UNPRICED: "journal-unpriced"} if self.unpriced else {})
        return {commodity: self.voice.say(say(name)) for commodity, name in names.items()}

    @property
    def closing_day(self) -> date:
        """The last day of which anything can be known."""
        return max(self.days[0], min(self.days[1], self.today))

    @property
    def day_after(self) -> date:
        """The day that begins with what is there in the end."""
        return self.closing_day + DAY

    def day(self, moment: datetime) -> date:
        """The day of a moment where the wallet is."""
        return moment.astimezone(self.zone).date()

    def issued(self, lot: int) -> date:
        """The day on which a lot was issued. One that is newer than the order is known by its entries only."""
        return self.issues[lot]

    def expires(self, lot: int) -> date | None:
        """The day on which a lot expires, if it does."""
        expires = self.expiries.get(lot)
        return None if expires is None else self.day(expires)

    def source(self, lot: int) -> str:
        """Where a lot came from."""
        return self.sources.get(lot, "")

    def opening(self) -> Transaction | None:
        """What was there on the day before the period, if it was anything."""
        for line in self.before:
            self.holdings.take(self._beyond(line))
        held = self.holdings.all()
        beyond = tuple(
            leg._replace(
                account=OPENING,
                connects=-leg.connects,
                net=-leg.net,
                tax=-leg.tax,
                units=units_of(-leg.connects, -leg.net),
            )
            for leg in held
        )
        day = self.days[0] - DAY
        return Transaction(0, day, self.voice.say(say("choice-opening")), held, beyond) if held else None

    def transactions(self) -> Iterator[Transaction]:
        """What happened in the period. On the way, it reports how much is done."""
        whole = len(self.within)
        for line in with_progress(self.within, lambda done: self.progress(READ + (1 - READ) * done / whole)):
            yield self._transaction(line)

    def _transaction(self, line: BookLine) -> Transaction:
        beyond = self._beyond(line)
        details = self.details.get(line.number, NO_DETAILS)
        day = self.day(line.when)
        booked = self.day(line.at) if line.dated else day
        return Transaction(
            number=line.number,
            day=day,
            narration=self._narration(line, details.title),
            held=self.holdings.take(beyond),
            beyond=beyond,
            job=line.job or details.job,
            member=cleaned_line(details.member),
            by=cleaned_line(self.order.name_of(line.by)) if self.named else "",
            of=line.of if line.kind is Kind.RETURN else None,
            returned=line.number in self.back,
            booked=booked if booked > day else None,
            reference=details.reference,
            spent_by="" if self.team is None else self.team.spender(line),
        )

    def _beyond(self, line: BookLine) -> tuple[Leg, ...]:
        return tuple(self._leg(move) for move in line.moves)

    def _leg(self, move: Move) -> Leg:
        currency, price = self.currency_of[move.lot], move.price
        if currency == UNPRICED:
            net, tax = -move.connects, 0
        else:
            net, tax = (0, 0) if price is None else (-price.net, -price.tax)
        connects = -move.connects
        return Leg(account_of(move.account), move.lot, connects, net, tax, currency, units_of(connects, net))

    def _narration(self, line: BookLine, seen: str) -> str:
        title = cleaned_line(line.memo or seen or self.titles.get(line.of or 0, ""))
        deed = deed_of(line)
        if title and line.kind in SAID_BY_TITLE:
            return title
        return self.voice.say(say("deed-titled", deed=deed, title=title) if title else deed)


def content_of(head: Callable[[], Iterable[str]], body: Iterable[str]) -> bytes:
    """The lines of a file. Its body is made first, because only then it is known which accounts the head must name."""
    below = BytesIO()
    for line in body:
        below.write(f"{line}\n".encode())
    return b"".join((*(f"{line}\n".encode() for line in head()), below.getbuffer()))


def _currencies(lines: Iterable[BookLine], usual: str) -> dict[int, str]:
    """The currency of each lot. Connects that were free count in the usual one."""
    found: dict[int, str] = {}
    for line in lines:
        for move in line.moves:
            if move.price is None:
                found.setdefault(move.lot, usual)
            elif found.get(move.lot) != UNPRICED:
                found[move.lot] = UNPRICED if move.price == UNKNOWN else move.price.currency
    return found
