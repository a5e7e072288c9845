"""What balanced means: an entry's legs sum to zero within each lot, in Connects and in money."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, NewType

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.shared.ids import PersonId, PromotionId, WalletId
    from core.shared.money import Price
    from core.wallets.people import ChatRef


class UnbalancedError(ValueError):
    """The legs of an entry do not sum to zero, in Connects or in money, within each lot."""


def check_balanced(postings: Iterable[Posting]) -> None:
    """Raise `UnbalancedError` unless the legs sum to zero within each lot, in Connects and in money."""
    legs = tuple(postings)
    if not legs:
        raise UnbalancedError("an entry needs postings")
    if len(legs) % 2 == 0 and all(map(_cancel, legs[::2], legs[1::2])):
        return
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for leg in legs:
        sums[leg.lot, "Connects"] += leg.connects
        if leg.price is not None:
            sums[leg.lot, leg.price.currency] += leg.price.net
            sums[leg.lot, f"{leg.price.currency} tax"] += leg.price.tax
    for (lot, unit), total in sums.items():
        if total:
            raise UnbalancedError(f"lot {lot} is off by {total} {unit}")


def _cancel(one: Posting, other: Posting) -> bool:
    """Whether two legs alone are balanced, as all pairs of the rules are: known without sums."""
    if one.lot != other.lot or one.connects + other.connects:
        return False
    price, back = one.price, other.price
    if price is None or back is None:
        return price is back
    return not (price.net + back.net or price.tax + back.tax) and price.currency == back.currency


Account = NewType("Account", str)


class Source(StrEnum):
    """Where the Connects of a lot came from."""

    WELCOME = "welcome"
    OPENING = "opening"
    MONTHLY = "monthly"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    FEEDBACK = "feedback"
    REWARD = "reward"
    PROMOTION = "promotion"
    PURCHASE = "purchase"
    RETURN = "return"
    ADJUSTMENT = "adjustment"


class Purpose(StrEnum):
    """What Connects are spent on."""

    PROPOSAL = "proposal"
    BOOST = "boost"
    BADGE = "badge"
    PROFILE_AD = "profile_ad"
    OTHER = "other"


class Kind(StrEnum):
    """What an entry does."""

    GRANT = "grant"
    PURCHASE = "purchase"
    SPEND = "spend"
    RETURN = "return"
    EXPIRY = "expiry"
    UNDO = "undo"
    ADJUSTMENT = "adjustment"


EXPIRED = Account("expense:expired")
ADJUSTED = Account("expense:adjustment")
RENEWED = Account("expense:renewed")


def holding_of(wallet: WalletId) -> Account:
    """The account that holds a wallet's Connects."""
    return Account(f"wallet:{wallet}")


def income_from(source: Source) -> Account:
    """The account that Connects of a source come out of."""
    return Account(f"income:{source}")


def supply_of(promotion: PromotionId) -> Account:
    """The account that a promotion's Connects come out of."""
    return Account(f"promotion:{promotion}")


def source_of(account: Account) -> Source | None:
    """Where Connects come from that come out of this account (None: no Connects come into being there)."""
    kind, _, name = account.partition(":")
    return Source.PROMOTION if kind == "promotion" else Source(name) if kind == "income" else None


def issues(account: Account) -> bool:
    """Whether Connects that come out of the account come into being: only then does a lot's size change."""
    return account.startswith(("income:", "promotion:"))


def expense_on(purpose: Purpose) -> Account:
    """The account that Connects spent on a purpose go into."""
    return Account(f"expense:{purpose}")


class Lot(NamedTuple):
    """Connects that came together.

    `number` counts from 1 within the wallet. `price` is what the whole lot cost (None: free), `worth` what the Connects
    still in it cost: it shrinks with `left`, so that the shares drawn add up to the price to the cent.
    """

    number: int
    source: Source
    issued: datetime
    expires: datetime | None
    size: int
    left: int
    price: Price | None = None
    worth: Price | None = None

    @property
    def paid(self) -> bool:
        """Whether money was given for it."""
        return self.price is not None

    def expired(self, now: datetime) -> bool:
        """Whether its Connects are unspendable at `now`: from the instant of expiry on."""
        return self.expires is not None and self.expires <= now

    def cost_of(self, connects: int) -> Price | None:
        """What `connects` of the Connects still in it cost (None: free)."""
        return None if self.worth is None else self.worth.share(connects, self.left)

    def moved(self, connects: int, cost: Price | None, *, issue: bool = False) -> Lot:
        """The lot with `connects` more or fewer in it, which cost `cost` (of the same sign).

        With `issue` the Connects come into being or are taken back altogether, so that its size and price move too.
        """
        size = self.size + connects if issue else self.size
        left = self.left + connects
        if not 0 <= left <= size:
            raise ValueError(f"lot {self.number} holds {self.left} of {self.size} Connects, {connects:+} do not fit")
        price, worth = self.price, self.worth
        if cost is not None and price is not None and worth is not None:
            price, worth = price + cost if issue else price, worth + cost
        return Lot(self.number, self.source, self.issued, self.expires, size, left, price, worth)


class Posting(NamedTuple):
    """One leg of an entry: Connects of one lot into (+) or out of (-) an account, with what they cost (None: free)."""

    account: Account
    connects: int
    lot: int
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated, balanced set of postings: one thing that happened to one wallet.

    `number` counts from 1 within the wallet, without gaps. `of` is the number of the entry that this one returns or
    undoes. `balance` is the wallet's book balance after it. `seal` chains it to the entry before it: a row that was
    changed no longer fits, unless all that follow were sealed anew. `key` is the sender's key of the fact, `body` the
    fingerprint of what was asked.
    """

    wallet: WalletId
    number: int
    at: datetime
    kind: Kind
    postings: tuple[Posting, ...]
    balance: int
    key: str
    body: str
    by: PersonId | None = None
    memo: str = ""
    job: str = ""
    of: int | None = None
    seal: str = ""

    def __post_init__(self) -> None:
        check_balanced(self.postings)

    @property
    def delta(self) -> int:
        """Connects that came into (+) or left (-) the wallet."""
        home = holding_of(self.wallet)
        return sum(leg.connects for leg in self.postings if leg.account == home)

    @property
    def moves(self) -> tuple[tuple[Posting, Posting], ...]:
        """The postings in pairs: the leg on the wallet, and the same Connects on the account beyond it."""
        return tuple(zip(self.postings[::2], self.postings[1::2], strict=True))

    @property
    def counterpart(self) -> Account:
        """The first account beyond the wallet, such as `expense:proposal`."""
        return self.postings[1].account


class Mark(NamedTuple):
    """A fact that can happen once, such as `welcome:3`, and the entry that made it so."""

    name: str
    wallet: WalletId
    number: int


class Budget(NamedTuple):
    """What may be spent in a calendar month of a zone, and what was: `spent` Connects in the month that began then.

    The month is that of the wallet's last entry (None: it has none).
    """

    limit: int
    zone: str
    month: datetime | None = None
    spent: int = 0


class Snapshot(NamedTuple):
    """What a decision may look at: one wallet under its lock.

    `lots` holds every lot with Connects left, the lots that entries named in the scope touched, and those issued since
    the scope's `recent`. `related` has the entries named in the scope, `followers` the entries that refer to them, and
    the entries that refer to those (the undo of a return, say). `marks` are those named in the scope and those that
    an entry named in the scope took. `left` is what the promotion named in the scope has left to give (None: no bound),
    `claimed` how the claim on it stands that the claimant named in the scope has made (empty: none). `budget` is None
    where its holder set none.
    """

    wallet: WalletId
    entries: int = 0
    lots_made: int = 0
    balance: int = 0
    seal: str = ""
    at: datetime | None = None
    threshold: int | None = None
    low: bool = False
    budget: Budget | None = None
    lots: tuple[Lot, ...] = ()
    related: tuple[Entry, ...] = ()
    followers: tuple[Entry, ...] = ()
    marks: tuple[Mark, ...] = ()
    left: int | None = None
    claimed: str = ""

    def lot(self, number: int) -> Lot:
        """The lot with this number; KeyError where the snapshot does not hold it."""
        for lot in self.lots:
            if lot.number == number:
                return lot
        raise KeyError(number)

    def find(self, number: int) -> Entry | None:
        """The related entry with this number, if there is one."""
        return next((entry for entry in self.related if entry.number == number), None)


class Given(NamedTuple):
    """Connects that a change draws from a promotion's supply, as the claim of a person, made in a group or in private.

    Where the claim was there before, it keeps the chat that it has.
    """

    promotion: PromotionId
    person: PersonId
    connects: int
    chat: ChatRef | None = None


class Change(NamedTuple):
    """What a decision wants written, whole or not at all; the last entry is the one that was asked for.

    Entries before it book what had to be booked first, such as lots that had expired.

    `lots` are the new states of the lots touched, `marks` are taken and `released` given free again. `notices` are told
    because of it; `low` says whether its holder has been told that the balance is low, and not since that it is not.
    `budget` is the wallet's after it. `given` is a promotion's claim that it fulfils.
    """

    entries: tuple[Entry, ...]
    lots: tuple[Lot, ...]
    marks: tuple[Mark, ...] = ()
    released: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    low: bool = False
    budget: Budget | None = None
    given: Given | None = None


class Receipt(NamedTuple):
    """What a write gives back: the entry, the lots it touched, and whether it had been booked before (`again`)."""

    entry: Entry
    lots: tuple[Lot, ...]
    again: bool = False
