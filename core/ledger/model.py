"""The nouns of the ledger: accounts, lots, postings and entries, the snapshot a rule reads and the change it makes.

An entry is balanced if its postings (its legs) sum to zero within each lot, in Connects and in money.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, NewType

from core.shared.money import UNKNOWN, CostState, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.ledger.sightings import Batch
    from core.shared.ids import PersonId, PromotionId, WalletId
    from core.shared.money import Price
    from core.wallets.limits import Limits
    from core.wallets.people import ChatRef
    from core.wallets.team import Feed


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


def _cancel(leg: Posting, counter: Posting) -> bool:
    """Whether two legs cancel each other out. All pairs that the rules make do, and this is cheaper than summing."""
    if leg.lot != counter.lot or leg.connects + counter.connects:
        return False
    cost, offset = leg.price, counter.price
    if cost is None or offset is None:
        return cost is offset
    return not (cost.net + offset.net or cost.tax + offset.tax) and cost.currency == offset.currency


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
    UNCLASSIFIED = "unclassified"
    """Connects that a page shows as added, with a wording that nobody has explained."""


class Purpose(StrEnum):
    """What Connects are spent on."""

    PROPOSAL = "proposal"
    BOOST = "boost"
    BADGE = "badge"
    PROFILE_AD = "profile_ad"
    OTHER = "other"


class Kind(StrEnum):
    """What an entry books."""

    GRANT = "grant"
    PURCHASE = "purchase"
    SPEND = "spend"
    RETURN = "return"
    EXPIRY = "expiry"
    UNDO = "undo"
    ADJUSTMENT = "adjustment"
    VALUATION = "valuation"
    RECAST = "recast"
    """Moves what an earlier entry (`Entry.of`) drew or put back to other lots, because more of the past is known."""
    AMENDMENT = "amendment"
    """States what all that an earlier entry (`Entry.of`) issued did cost: 0 Connects, dated like that entry.

    They leave their lots and are issued again, as a lot that is as old, so that a lot has one price and one currency
    from its beginning to its end. What was drawn from them follows by recasts of the same change.
    """


REPRICES = frozenset({Kind.VALUATION, Kind.AMENDMENT})
"""The kinds of entries by which Connects get another price. They leave their lots and come back as others."""


EXPIRED = Account("expense:expired")
ADJUSTED = Account("expense:adjustment")
RENEWED = Account("expense:renewed")


def holding_of(wallet: WalletId) -> Account:
    """The account that holds a wallet's Connects."""
    return Account(f"wallet:{wallet}")


def income_from(source: Source) -> Account:
    """The account that Connects from a source come out of."""
    return Account(f"income:{source}")


def supply_of(promotion: PromotionId) -> Account:
    """The account that a promotion's Connects come out of."""
    return Account(f"promotion:{promotion}")


def source_of(account: Account) -> Source | None:
    """The source of Connects that come out of this account (None: the account does not issue any)."""
    kind, _, name = account.partition(":")
    return Source.PROMOTION if kind == "promotion" else Source(name) if kind == "income" else None


def issues(account: Account) -> bool:
    """Whether the account issues new Connects: only then does a lot's size change."""
    return account.startswith(("income:", "promotion:"))


def expense_on(purpose: Purpose) -> Account:
    """The account that Connects spent on a purpose go into."""
    return Account(f"expense:{purpose}")


def issued_at(source: Source | None, price: Price | None) -> Price | None:
    """The price of a lot whose first posting carries `price`.

    Opening balances used to be booked without one, whatever they had cost. Those that were free are booked at a price
    of zero now, so that an opening without a price is one of unknown cost.
    """
    return UNKNOWN if price is None and source is Source.OPENING else price


class Lot(NamedTuple):
    """Connects that were issued together.

    `number` counts from 1 within the wallet. `price` is what the whole lot cost (None: free; `UNKNOWN`: nobody has
    said), `worth` what the Connects still in it cost: the shares that are drawn from it add up to the price.
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
    def cost_state(self) -> CostState:
        """Whether it was free, was paid for, or has a cost that nobody has stated."""
        return state_of(self.price)

    @property
    def nothing(self) -> Price | None:
        """No money, as this lot counts it: in its currency, unknown, or none at all."""
        return None if self.price is None else self.price.none

    def expired(self, now: datetime) -> bool:
        """Whether its Connects can no longer be spent, which is so from the instant of expiry on."""
        return self.expires is not None and self.expires <= now

    def cost_of(self, connects: int) -> Price | None:
        """The cost of `connects` of the Connects still in it (None: free)."""
        return None if self.worth is None else self.worth.share(connects, self.left)

    def moved(self, connects: int, cost: Price | None, *, issue: bool = False) -> Lot:
        """The lot with `connects` more or fewer in it, at `cost` (of the same sign).

        With `issue` the Connects are newly issued or taken back for good, so that its size and price change too.
        """
        size = self.size + connects if issue else self.size
        left = self.left + connects
        if not 0 <= left <= size:
            raise ValueError(f"lot {self.number} holds {self.left} of {self.size} Connects; {connects:+} do not fit")
        price, worth = self.price, self.worth
        if cost is not None and price is not None and worth is not None:
            price, worth = price + cost if issue else price, worth + cost
        return Lot(self.number, self.source, self.issued, self.expires, size, left, price, worth)


class Posting(NamedTuple):
    """One leg of an entry: Connects of one lot into (+) or out of (-) an account, and their cost.

    The cost is None if they were free, and `UNKNOWN` if nobody has said.
    """

    account: Account
    connects: int
    lot: int
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated, balanced set of postings: one event in the life of one wallet.

    `number` counts from 1 within the wallet, without gaps. `of` is the number of the entry that this one returns,
    undoes or recasts. `at` is when it was booked, in the order of the numbers; `happened` is when the fact happened, if
    it was booked later (None: at that moment; see `when`). `balance` is the wallet's balance after it. `seal` chains it
    to the entry before it: a changed row no longer fits, unless every later one was sealed anew. `key` is the sender's
    key of the fact, `body` the fingerprint of the request. The seal covers the `digest` of the memo, which was made
    with the `salt`: so a memo can be erased, together with its salt.
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
    happened: datetime | None = None
    salt: str = ""
    digest: str = ""

    def __post_init__(self) -> None:
        check_balanced(self.postings)

    @property
    def when(self) -> datetime:
        """When the fact happened."""
        return self.at if self.happened is None else self.happened

    @property
    def delta(self) -> int:
        """Connects that entered (+) or left (-) the wallet."""
        home = holding_of(self.wallet)
        return sum(leg.connects for leg in self.postings if leg.account == home)

    @property
    def moves(self) -> tuple[tuple[Posting, Posting], ...]:
        """The postings in pairs: the leg on the wallet, and its counter leg on the account beyond it."""
        legs = self.postings
        if len(legs) == 2:  # noqa: PLR2004 - a pair, as nearly always, and of these there may be hundreds of thousands
            return ((legs[0], legs[1]),)
        return tuple(zip(legs[::2], legs[1::2], strict=True))

    @property
    def counterpart(self) -> Account:
        """The first account beyond the wallet, such as `expense:proposal`."""
        return self.postings[1].account


class OnceKey(NamedTuple):
    """A fact that can happen once, such as `welcome:3`, and the entry that made it so."""

    name: str
    wallet: WalletId
    number: int


class Budget(NamedTuple):
    """A limit on what is spent in a calendar month of a time zone, and what was spent of it.

    `month` is the start of the month of the wallet's last entry (None: it has none), `spent` the Connects spent in it.
    """

    limit: int
    zone: str
    month: datetime | None = None
    spent: int = 0


class Snapshot(NamedTuple):
    """What a rule decides on: one wallet under its lock, as far as the scope asks for it.

    `lots` holds every lot with Connects left, the lots touched by `related` and `followers`, and those issued since the
    scope's `recent`. `related` has the entries in the scope, `followers` the entries that refer to them, and the
    entries that refer to those (the undo of a return, say). `once_keys` are those in the scope, as far as they are
    taken, and those that an entry in the scope took. `left` is what the scope's promotion can still give (None: the
    scope names none), `claimed` the state of its claimant's claim (empty: none). `budget` is None if the holder has set
    none. `imports` is how many imports the wallet has, undos of them included (None: the scope is not about imports),
    and `import_seal` the seal of the last one. `dated`: something was booked later than it happened (None: the scope
    does not ask). `limits` is None if there are none. `bids` are those on its jobs, newest first. `feed`: see `Feed`.
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
    once_keys: tuple[OnceKey, ...] = ()
    left: int | None = None
    claimed: str = ""
    imports: int | None = None
    import_seal: str = ""
    import_at: datetime | None = None
    dated: bool | None = None
    limits: Limits | None = None
    bids: tuple[Entry, ...] = ()
    feed: Feed | None = None

    def find(self, number: int) -> Entry | None:
        """The related entry with this number, if there is one."""
        return next((entry for entry in self.related if entry.number == number), None)


class SupplyDraw(NamedTuple):
    """Connects that a change draws from a promotion's supply to fulfil a person's claim.

    Below 0 they go back to the supply, and the claim is forfeited. `chat` is the group in which they claimed (None: in
    private). A claim that exists already keeps its own chat.
    """

    promotion: PromotionId
    person: PersonId
    connects: int
    chat: ChatRef | None = None


class Change(NamedTuple):
    """What a rule wants written, whole or not at all.

    The last entry is what was asked for, or the last of it (`core.ledger.change_keys`). What had expired comes first.
    `lots` are the new states of the lots touched. `once_keys` are taken, `released` become free again. `notices` are
    sent because of the change. `low` says whether the holder has been warned of a low balance that has not recovered
    since. `budget` is the wallet's budget afterwards, `limits` are its limits, and `supply_draw` is the promotion's
    claim that the change fulfils. `batch` is the import that the change books, or undoes. Only a change with a batch
    may have no entries: it says more of rows that are known.
    """

    entries: tuple[Entry, ...]
    lots: tuple[Lot, ...]
    once_keys: tuple[OnceKey, ...] = ()
    released: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    low: bool = False
    budget: Budget | None = None
    supply_draw: SupplyDraw | None = None
    batch: Batch | None = None
    limits: Limits | None = None


class Receipt(NamedTuple):
    """The result of a write: all entries of the change, in the order of their numbers, and the lots they touched.

    `replayed` says that it was booked earlier. An import may have no entries, and its replayed receipt has only the
    last one and no lots.
    """

    entries: tuple[Entry, ...]
    lots: tuple[Lot, ...]
    replayed: bool = False

    @property
    def entry(self) -> Entry:
        """The entry that was asked for, or the last of several."""
        return (self.asked or self.entries)[-1]

    @property
    def asked(self) -> tuple[Entry, ...]:
        """The entries that were asked for, without what had expired and what was only moved to other lots."""
        return tuple(entry for entry in self.entries if entry.kind not in {Kind.EXPIRY, Kind.RECAST})

    @property
    def balance(self) -> int:
        """The wallet's balance after the whole change."""
        return self.entries[-1].balance
