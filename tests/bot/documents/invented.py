"""A year of an invented freelancer: the entries, lots and proposals that a report is made of, from a seed."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.documents.model import BookData, DocumentOrder, Form, Subject
from core.ledger.model import (
    Entry,
    Kind,
    Lot,
    Posting,
    Purpose,
    Source,
    expense_on,
    holding_of,
    income_from,
)
from core.ledger.sightings import ProposalState
from core.proposals.model import NetCost, Proposal, ProposalKind
from core.shared.ids import WalletId
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Sequence

WALLET: Final = WalletId(1)
FIRST: Final = datetime(2025, 1, 13, 9, tzinfo=UTC)
MADE: Final = datetime(2026, 1, 12, 20, 5, tzinfo=UTC)
DAYS: Final = (date(2025, 1, 13), date(2026, 1, 12))
YEAR: Final = timedelta(days=365)
TITLES: Final = (
    "Logo and brand sheet for a small bakery",
    "React dashboard with charts, two screens",
    "Bookkeeping bot for a chat group",
    "Translate twelve pages into Ukrainian",
    "Landing page for a language school",
    "Data pipeline from CSV files to PostgreSQL",
    "Voice-over, male, five minutes",
    "Shopify theme clean-up for a tea shop",
)
STATES: Final = (
    ProposalState.SENT, ProposalState.SENT, ProposalState.SENT, ProposalState.VIEWED, ProposalState.VIEWED,
    ProposalState.REPLIED, ProposalState.INTERVIEW, ProposalState.HIRED,
)  # fmt: skip
HOME: Final = holding_of(WALLET)


class Freelancer:
    """Keeps books, and sends proposals."""

    def __init__(self, titles: Sequence[str] = TITLES, seed: int = 7, currency: str = "USD") -> None:
        self._random, self._titles, self._currency = random.Random(seed), titles, currency  # noqa: S311 - invented
        self.entries: list[Entry] = []
        self.lots: list[Lot] = []
        self.proposals: list[Proposal] = []
        self._at, self._balance, self._title, self._job = FIRST, 0, "", ""

    def year(self, proposals: int) -> None:
        """Send so many proposals, and buy what that takes."""
        self._issue(Source.OPENING, 40, None)
        for number in range(proposals):
            self._at = FIRST + (YEAR - timedelta(days=1)) * number / max(proposals, 1)
            if number % 160 == 80:
                self._issue(Source.MONTHLY, 10, None)
            self._propose(number)

    def _propose(self, number: int) -> None:
        self._title = self._titles[number % len(self._titles)]
        self._job = f"~02{1_860_000_000_000_000_000 + number * 10**12:019}"
        cost = self._random.choice((8, 10, 12, 16, 16, 21))
        spent = [self._spend(Purpose.PROPOSAL, cost)]
        boost = self._random.choice((0, 6, 13, 28))
        if boost:
            spent.append(self._spend(Purpose.BOOST, boost))
        back = number % 4 == 3
        numbers = [entry.number for entry in spent] + ([self._give_back(spent[0]).number] if back else [])
        state = ProposalState.CLOSED if back else self._random.choice(STATES)
        self.proposals.append(_proposal(spent[0], numbers, state, (cost, boost, cost * back), self._currency))

    def _spend(self, purpose: Purpose, connects: int) -> Entry:
        if self.lots[-1].left < connects:
            self._issue(Source.PURCHASE, 80, Price(1200, 240, self._currency))
        lot = self.lots[-1]
        price = lot.cost_of(connects)
        self.lots[-1] = lot.moved(-connects, price and -price)
        return self._entry(Kind.SPEND, Posting(expense_on(purpose), connects, lot.number, price))

    def _give_back(self, spent: Entry) -> Entry:
        self._at += timedelta(hours=1)
        home, away = spent.moves[0]
        self.lots[home.lot - 1] = self.lots[home.lot - 1].moved(-home.connects, home.price and -home.price)
        leg = away._replace(connects=home.connects, price=home.price)
        return self._entry(Kind.RETURN, leg, spent)

    def _issue(self, source: Source, connects: int, price: Price | None) -> None:
        kind = Kind.PURCHASE if source is Source.PURCHASE else Kind.GRANT
        lot = Lot(len(self.lots) + 1, source, self._at, self._at + YEAR, connects, connects, price, price)
        self.lots.append(lot)
        self._entry(kind, Posting(income_from(source), -connects, lot.number, price and -price))

    def _entry(self, kind: Kind, away: Posting, of: Entry | None = None) -> Entry:
        home = away._replace(account=HOME, connects=-away.connects, price=away.price and -away.price)
        self._balance += home.connects
        number = len(self.entries) + 1
        title, job = (self._title, self._job) if kind in {Kind.SPEND, Kind.RETURN} else ("", "")
        entry = Entry(
            WALLET, number, self._at, kind, (home, away), self._balance, f"k{number}", "",
            memo=title, job=job, of=None if of is None else of.number,
        )  # fmt: skip
        self.entries.append(entry)
        return entry


def _proposal(
    bid: Entry, entries: Sequence[int], state: ProposalState, amounts: tuple[int, int, int], currency: str
) -> Proposal:
    base, boost, back = amounts
    net = base + boost - back
    ended = state is ProposalState.CLOSED
    return Proposal(
        ref=str(bid.number), kind=ProposalKind.BID, title=bid.memo, job=bid.job, proposal="", by=None, member="",
        sent=bid.at, exact=True, age=None, base=base, boost=boost, back=back,
        net=NetCost(paid=net, money=(Price(15 * net, 3 * net, currency),)), boosted=bool(boost), outbid=False,
        stage=ProposalState.SENT if ended else state, end=state if ended else None, since=bid.at, viewed=True,
        answered=None, worth=None, entries=tuple(entries), seen=(),
    )  # fmt: skip


def a_year(proposals: int = 12, titles: Sequence[str] = TITLES) -> tuple[DocumentOrder, BookData]:
    """The order of a report, and its books."""
    ann = Freelancer(titles)
    ann.year(proposals)
    order = DocumentOrder(
        Subject.REPORT, Form.PAGE, WALLET, DAYS, MADE, len(ann.entries), "en", "UTC", "USD",
        title="Ann Example", lots=tuple(ann.lots),
    )  # fmt: skip
    return order, BookData(tuple(ann.entries), (), tuple(ann.proposals))
