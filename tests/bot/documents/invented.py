"""A year of an invented freelancer: the entries, lots and proposals that a report is made of, from a seed."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.documents.model import Books, DocumentOrder, Form, Subject
from core.ledger.model import (
    Account,
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
        self._at, self._balance = FIRST, 0

    def year(self, proposals: int) -> None:
        """Send so many proposals, and buy what that takes."""
        self._issue(Source.OPENING, 40, None)
        for number in range(proposals):
            self._at = FIRST + (YEAR - timedelta(days=1)) * number / max(proposals, 1)
            if number % 160 == 80:
                self._issue(Source.MONTHLY, 10, None)
            self._propose(number)

    def _propose(self, number: int) -> None:
        title, job = self._titles[number % len(self._titles)], f"~02{1_860_000_000_000_000_000 + number * 10**12:019}"
        cost = self._random.choice((8, 10, 12, 16, 16, 21))
        spent = [self._spend(Purpose.PROPOSAL, cost, title, job)]
        boost = self._random.choice((0, 0, 6, 13))
        if boost:
            spent.append(self._spend(Purpose.BOOST, boost, title, job))
        back = number % 4 == 3
        numbers = [entry.number for entry in spent] + ([self._give_back(spent[0]).number] if back else [])
        state = ProposalState.CLOSED if back else self._random.choice(STATES)
        connects = cost * (not back) + boost
        self.proposals.append(
            Proposal(
                ref=str(spent[0].number),
                kind=ProposalKind.BID,
                title=title,
                job=job,
                proposal="",
                by=None,
                member="",
                sent=self._at,
                exact=True,
                age=None,
                base=cost,
                boost=boost,
                back=cost * back,
                net=NetCost(paid=connects, money=(Price(15 * connects, 3 * connects, self._currency),)),
                boosted=bool(boost),
                outbid=False,
                stage=ProposalState.SENT if back else state,
                end=state if back else None,
                since=self._at,
                viewed=True,
                answered=None,
                worth=None,
                entries=tuple(numbers),
                seen=(),
            )  # fmt: skip
        )

    def _spend(self, purpose: Purpose, connects: int, title: str, job: str) -> Entry:
        if self.lots[-1].left < connects:
            self._issue(Source.PURCHASE, 80, Price(1200, 240, self._currency))
        return self._book(Kind.SPEND, expense_on(purpose), -connects, title, job)

    def _give_back(self, spent: Entry) -> Entry:
        self._at += timedelta(hours=1)
        home = spent.postings[0]
        self.lots[home.lot - 1] = self.lots[home.lot - 1].moved(-home.connects, home.price and -home.price)
        return self._entry(
            Kind.RETURN, (home.lot, spent.counterpart), -home.connects, home.price and -home.price, spent.memo,
            spent.job, spent.number,
        )  # fmt: skip

    def _issue(self, source: Source, connects: int, price: Price | None) -> None:
        kind = Kind.PURCHASE if source is Source.PURCHASE else Kind.GRANT
        lot = Lot(len(self.lots) + 1, source, self._at, self._at + YEAR, connects, connects, price, price)
        self.lots.append(lot)
        self._entry(kind, (lot.number, income_from(source)), connects, price)

    def _book(self, kind: Kind, account: Account, connects: int, title: str, job: str) -> Entry:
        lot = self.lots[-1]
        cost = lot.cost_of(-connects)
        self.lots[-1] = lot.moved(connects, cost and -cost)
        return self._entry(kind, (lot.number, account), connects, cost and -cost, title, job)

    def _entry(
        self, kind: Kind, place: tuple[int, Account], connects: int, price: Price | None,
        title: str = "", job: str = "", of: int | None = None,
    ) -> Entry:  # fmt: skip
        lot, account = place
        self._balance += connects
        legs = (Posting(HOME, connects, lot, price), Posting(account, -connects, lot, price and -price))
        number = len(self.entries) + 1
        entry = Entry(WALLET, number, self._at, kind, legs, self._balance, f"k{number}", "", None, title, job, of)
        self.entries.append(entry)
        return entry


def a_year(proposals: int = 12, titles: Sequence[str] = TITLES) -> tuple[DocumentOrder, Books]:
    """The order of a report, and its books."""
    ann = Freelancer(titles)
    ann.year(proposals)
    order = DocumentOrder(
        Subject.REPORT, Form.PAGE, WALLET, DAYS, MADE, len(ann.entries), "en", "UTC", "USD",
        title="Ann Example", lots=tuple(ann.lots),
    )  # fmt: skip
    return order, Books(tuple(ann.entries), (), tuple(ann.proposals))
