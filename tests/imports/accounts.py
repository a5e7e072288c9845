"""Invented Upwork accounts from a seed: every Connect that moved, to the second, and the balance at any moment.

What people can copy of them stands in `windows`, how it looks in `renderings`, and what happens to it on its way to the
bot in `mishaps`.
"""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from core.shared.job_links import EPOCH_MS, SNOWFLAKE_SHIFT

if TYPE_CHECKING:
    from collections.abc import Callable

TITLES = (
    "Web developer for a try-on MVP",
    "Logo & brand sheet \u2013 bakery",
    'React dashboard / charts "fast"',
    "C++ plug-in for audio \u2014 VST3",
    "Job cancelled? Finish our landing page",
    "Mobile app MVP -20 screens",
    "Excel macro: +15 sheets, 2 pivots",
    "Today: urgent bug in Django admin",
    "Yesterday",
    "January 9, 2026",
    "-20 Connects",
    "Applied to job",
    "Spent 5 Connects",
    "451 Connects",
    "Bookkeeping bot (Telegram) needed!",
    "Landing page A/B test 50%",
    "Kubernetes on a budget",
    "SEO audit; report in 24 h",
    "<b>Bold</b> landing page & more",
    "Virtual assistant 10 hrs/week",
    "Voice-over, male, 5 min",
    "Availability Badge for my website",
)
MEMBERS = ("Ivo Sample", "Mara Example", "Tim O'Test", "Noor Invented", "Lin Placeholder", "Zoë Fiction-Smith")
COSTS = (2, 4, 8, 8, 10, 12, 16, 16, 16, 20, 21, 25)
BOOSTS = (6, 13, 13, 28, 55)
UNKNOWN = (("Promo code redeemed", 20), ("Boosted profile click", -3), ("Interview bonus", 10), ("Loyalty thanks", 5))
APPLIED = "Applied to job"
BID = "Connects bid for boosted proposal."
CHARGE = "We accepted your bid to boost a proposal. This is the final bid charge."
BID_BACK = "We accepted your bid to boost a proposal. This is a refund for your total bid."
OUTBID = "You've been outbid to boost your proposal"
BOOST_CLOSED = "You bid to boost a proposal, but the job was closed"
CANCELLED = "Job cancelled"
REFUNDED = "Connects refunded"
AWARD = "Refunded Connects for Connects Award"
BADGE = "Availability Badge"
MONTHLY = "Monthly Connects renewal"
UPGRADED = "Membership upgraded to Plus"
TASK = "Earned Connects by completing task"
RISING = "Rising Talent Achievement"
BOUGHT = "Added extra Connects"
EXPIRED = "Connects expired"
REASONS = {
    APPLIED: 3, BID: 30, BOOST_CLOSED: 35, CANCELLED: 7, AWARD: 29, BADGE: 28, BOUGHT: 901, MONTHLY: 911, UPGRADED: 912,
    TASK: 921, RISING: 922, REFUNDED: 931, BID_BACK: 932, CHARGE: 933, OUTBID: 934, EXPIRED: 941,
}  # fmt: skip
YEAR = timedelta(days=365)


class Fact(NamedTuple):
    """A row of Upwork's own data: `running` is the balance after it, `row_id` grows with time."""

    row_id: str
    at: datetime
    wording: str
    connects: int
    title: str
    job: str
    member: str
    running: int


@dataclass
class Job:
    """A job that somebody bid on, and the lots that its bid and its boost drew on."""

    id: str = ""
    title: str = ""
    member: str = ""
    base: int = 0
    boost: int = 0
    drawn: dict[str, list[tuple[Lot, int]]] = field(default_factory=dict)


@dataclass
class Lot:
    """Connects that came together."""

    expires: datetime
    left: int


@dataclass(frozen=True)
class Account:
    """What is true of an account: its facts, oldest first, in the order of their ids. `silent` expiries have no row."""

    seed: int
    facts: tuple[Fact, ...]
    opening: int
    members: tuple[str, ...]
    first: datetime
    last: datetime
    silent: tuple[tuple[datetime, int], ...] = ()
    ids: dict[str, str] = field(default_factory=dict)

    def balance_at(self, moment: datetime) -> int:
        """The balance that the page shows at a moment."""
        moved = sum(fact.connects for fact in self.facts if fact.at <= moment)
        return self.opening + moved - sum(connects for at, connects in self.silent if at <= moment)


def account(seed: int, *, days: int | None = None, agency: bool | None = None) -> Account:
    """An account: a few months to two years long unless told otherwise, one person's or an agency's."""
    dice = random.Random(seed)  # noqa: S311 - an account from a seed is wanted, not a secret
    long = days if days is not None else dice.choice((60, 120, 200, 400, 730))
    members = MEMBERS if dice.random() < 0.3 else ()
    if agency is not None:
        members = MEMBERS if agency else ()
    return _Life(dice, seed, long, members).lived()


class _Life:
    """One account, lived from its first day to its last."""

    def __init__(self, dice: random.Random, seed: int, days: int, members: tuple[str, ...]) -> None:
        self.dice = dice
        self.seed = seed
        self.first = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=dice.randrange(60))
        self.days = days
        self.members = members
        self.ids = {name: str(984906858710401000 + n) for n, name in enumerate(self.members)}
        self.says_expiry = dice.random() < 0.5
        self.busy = dice.choice((0.15, 0.5, 1.0))
        self.badge = dice.random() < 0.6
        self.opening = dice.choice((0, 20, 80, 200, 300))
        self.balance = self.opening
        self.lots = [Lot(self.first + timedelta(days=dice.randrange(5, 300)), self.opening)]
        self.facts: list[Fact] = []
        self.silent: list[tuple[datetime, int]] = []
        self.agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.ticket = count()
        self.row_id = 4_000_000_000 + dice.randrange(1_000_000)

    def lived(self) -> Account:
        for day in range(self.days):
            self._plan_day(self.first + timedelta(days=day))
        end = self.first + timedelta(days=self.days)
        while self.agenda and self.agenda[0][0] < end:
            at, _, act = heapq.heappop(self.agenda)
            self._expire(at)
            act(at)
        self._expire(end)
        return Account(
            self.seed, tuple(self.facts), self.opening, self.members, self.first, end, tuple(self.silent), self.ids
        )

    def _later(self, at: datetime, act: Callable[[datetime], None]) -> None:
        heapq.heappush(self.agenda, (at, next(self.ticket), act))

    def _plan_day(self, day: datetime) -> None:
        dice = self.dice
        if day.day == 1:
            wording = UPGRADED if dice.random() < 0.1 else MONTHLY
            self._later(day + timedelta(seconds=dice.randrange(7200)), lambda at: self._gain(at, wording, 100))
        if self.badge:
            for hour in (1, 13):
                if dice.random() < 0.4:
                    self._later(day + timedelta(hours=hour, minutes=54), self._pay_badge)
        for _ in range(dice.choice((0, 0, 1, 1, 2, 3)) if dice.random() < self.busy else 0):
            self._later(day + timedelta(minutes=dice.randrange(1440)), self._bid)
        if dice.random() < 0.02:
            self._later(day + timedelta(seconds=dice.randrange(86400)), self._be_surprised)
        if dice.random() < 0.01:
            wording = dice.choice((TASK, RISING))
            self._later(day + timedelta(seconds=dice.randrange(86400)), lambda at: self._gain(at, wording, 30))

    def _be_surprised(self, at: datetime) -> None:
        wording, connects = self.dice.choice(UNKNOWN)
        if connects > 0:
            self._gain(at, wording, connects)
        else:
            self._pay(at, wording, -connects)

    def _pay_badge(self, at: datetime) -> None:
        if self.balance > 0:
            self._pay(at, BADGE, 1)

    def _bid(self, at: datetime) -> None:
        dice = self.dice
        job = Job(self._job_id(at), dice.choice(TITLES), dice.choice(self.members or ("",)), dice.choice(COSTS))
        self._pay_for(at, APPLIED, job, job.base)
        if dice.random() < 0.06:  # the same bid for another job of the same title, at once or later that day
            twin = Job(self._job_id(at), job.title, job.member, job.base)
            later = at + timedelta(seconds=dice.choice((40, 4000)))
            self._later(later, lambda then: self._pay_for(then, APPLIED, twin, twin.base))
        if dice.random() < 0.45:
            job.boost = dice.choice(BOOSTS)
            later = at + timedelta(seconds=2 if dice.random() < 0.8 else 5000)
            self._later(later, lambda then: self._boost(then, job))
        elif dice.random() < 0.15:
            self._later(at + timedelta(days=dice.randrange(1, 15)), lambda then: self._cancel(then, job))
        elif dice.random() < 0.15:
            self._later(at + timedelta(hours=20), lambda then: self._give_back(then, REFUNDED, job, APPLIED, 2))
        elif dice.random() < 0.03:
            self._later(at + timedelta(days=3), lambda then: self._gain(then, AWARD, job.base, job))

    def _boost(self, at: datetime, job: Job) -> None:
        dice = self.dice
        self._pay_for(at, BID, job, job.boost)
        fate, later = dice.random(), at + timedelta(minutes=dice.randrange(30, 20000))
        if fate < 0.2:
            self._later(later, lambda then: self._be_outbid(then, job))
        elif fate < 0.4:
            self._later(later, lambda then: self._cancel(then, job))
        elif fate < 0.55:
            self._later(later, lambda then: self._settle(then, job))

    def _be_outbid(self, at: datetime, job: Job) -> None:
        self._give_back(at, OUTBID, job, BID)
        if self.dice.random() < 0.3:
            job.boost += self.dice.choice((0, 1, 5))
            self._later(at + timedelta(minutes=9), lambda then: self._pay_for(then, BID, job, job.boost))

    def _cancel(self, at: datetime, job: Job) -> None:
        """A closed job gives its base and its boost back in two rows."""
        if job.boost:
            self._give_back(at, BOOST_CLOSED, job, BID)
        self._give_back(at + timedelta(seconds=1), CANCELLED, job, APPLIED)

    def _settle(self, at: datetime, job: Job) -> None:
        """The whole bid comes back, and then its final charge is taken."""
        self._give_back(at, BID_BACK, job, BID)
        self._pay_for(at + timedelta(seconds=1), CHARGE, job, max(1, job.boost - self.dice.choice((0, 0, 1, 3))))

    def _pay_for(self, at: datetime, wording: str, job: Job, connects: int) -> None:
        while self.balance < connects:
            before = at - timedelta(seconds=30)
            self._gain(before if before.date() == at.date() else at, BOUGHT, self.dice.choice((40, 80, 80)))
        self._pay(at, wording, connects, job)

    def _pay(self, at: datetime, wording: str, connects: int, job: Job | None = None) -> None:
        if self.balance >= connects:
            drawn = self._draw(connects)
            if job:
                job.drawn[wording] = drawn
            self._enter(at, wording, -connects, job)

    def _draw(self, connects: int) -> list[tuple[Lot, int]]:
        drawn: list[tuple[Lot, int]] = []
        for lot in self.lots:
            part = min(connects, lot.left)
            if part:
                lot.left -= part
                connects -= part
                drawn.append((lot, part))
        return drawn

    def _gain(self, at: datetime, wording: str, connects: int, job: Job | None = None) -> None:
        self.lots.append(Lot(at + YEAR, connects))
        self._enter(at, wording, connects, job)

    def _give_back(self, at: datetime, wording: str, job: Job, what: str, connects: int = 1_000_000) -> None:
        """What comes back goes into the lots that it was drawn from, the last first, unless they expired meanwhile."""
        back = 0
        for lot, drawn in reversed(job.drawn.pop(what, [])):
            part = min(drawn, connects - back)
            back += part
            if lot.expires > at:
                lot.left += part
            elif part:
                self.lots.append(Lot(at + YEAR, part))
        if back:
            self._enter(at, wording, back, job)

    def _expire(self, now: datetime) -> None:
        """Book out what expired, in the order of time."""
        for lot in sorted((lot for lot in self.lots if lot.expires <= now and lot.left), key=lambda lot: lot.expires):
            left, lot.left = lot.left, 0
            if self.says_expiry:
                self._enter(lot.expires, EXPIRED, -left)
            else:
                self.balance -= left
                self.silent.append((lot.expires, left))
        self.lots = [lot for lot in self.lots if lot.expires > now]

    def _enter(self, at: datetime, wording: str, connects: int, job: Job | None = None) -> None:
        self.balance += connects
        self.row_id += self.dice.randrange(5_000, 90_000)
        last = self.facts[-1].at if self.facts else at
        known = job or Job()
        self.facts.append(
            Fact(
                row_id=str(self.row_id),
                at=at if at.date() >= last.date() else last,
                wording=wording,
                connects=connects,
                title=known.title,
                job=known.id,
                member=known.member,
                running=self.balance,
            )
        )

    def _job_id(self, at: datetime) -> str:
        posted = int((at.timestamp() - self.dice.randrange(60, 90_000)) * 1000) - EPOCH_MS
        return f"~02{(posted << SNOWFLAKE_SHIFT) + self.dice.randrange(1 << SNOWFLAKE_SHIFT):019d}"
