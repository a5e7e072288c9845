"""What Books asks of the world: one narrow write, reads beside it, a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from core.actions import Actions
    from core.errors import Refusal
    from core.model import Change, Entry, Lot, PersonId, Posting, PromotionId, Receipt, Snapshot, WalletId
    from core.notices import Delivery, Lease, Notice, Outcome, State, Target
    from core.people import Chat, ChatRef, Identity, Owner, Person, Settings, Wallet
    from core.series import Recurring
    from core.telling import Agenda, Expiring, Promotions, Subscriptions

    Decide = Callable[[Snapshot], Change | Refusal]


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def now(self) -> datetime:
        """Tell this moment."""
        ...


class Key(NamedTuple):
    """The sender's key of a fact, and the fingerprint of what was asked under it."""

    name: str
    body: str


class Scope(NamedTuple):
    """What a write concerns, named up front: the store locks and loads this and no more."""

    wallet: WalletId
    entries: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()
    recent: datetime | None = None
    promotion: PromotionId | None = None
    claimant: PersonId | None = None


class Ledger(Protocol):
    """The journal and its projections."""

    async def write(self, scope: Scope, key: Key, decide: Decide) -> Receipt | Refusal:
        """Lock, look the key up, decide, commit whole; answer only when it is on disk.

        A known key with the same body gives the first receipt (`again`); with another body, `KeyReused`.
        `decide` is pure and may be called more than once. A wallet that does not exist is `Unknown`.
        """
        ...

    async def holding(self, wallet: WalletId) -> Snapshot:
        """The wallet now, with its open lots."""
        ...

    async def lots_at(self, wallet: WalletId, at: datetime) -> tuple[Lot, ...]:
        """Every lot issued up to `at`, with what the journal up to and including `at` left in it."""
        ...

    async def history(self, wallet: WalletId, before: int | None, limit: int) -> tuple[Entry, ...]:
        """Entries numbered below `before` (None: the newest), newest first."""
        ...

    async def entry(self, wallet: WalletId, number: int) -> Entry | None:
        """One entry by its number."""
        ...

    async def titles(self, wallet: WalletId, limit: int) -> tuple[str, ...]:
        """The latest distinct memos of the wallet's spends, newest first."""
        ...

    async def on_job(self, wallet: WalletId, job: str) -> tuple[Entry, ...]:
        """The wallet's spends on a job that are not undone, among its last thousand entries, newest first."""
        ...

    async def lapsed(self, now: datetime, limit: int) -> tuple[WalletId, ...]:
        """Wallets with a lot that has Connects left and expired by `now`, each once, through an index."""
        ...

    async def expiring(self, after: datetime, until: datetime, limit: int) -> tuple[Expiring, ...]:
        """Lots with Connects left that expire after a time and up to another, the soonest first, through an index."""
        ...


class EntryRow(NamedTuple):
    """An entry as stored, unchecked, for verify; `first` is the number of the first entry written with it."""

    wallet: int
    number: int
    at: datetime
    kind: str
    postings: tuple[Posting, ...]
    balance: int
    key: str
    body: str
    by: int | None
    memo: str
    job: str
    of: int | None
    seal: str
    first: int


class Shelf(NamedTuple):
    """All that is stored of one wallet, unchecked; entries come in order of their number."""

    head: Snapshot
    entries: AsyncIterator[EntryRow]


class Totals(NamedTuple):
    """Rows in each table of the ledger, and a key that stands more than once (None: there is none).

    `given` is what the accounts of promotions are kept to have given.
    """

    wallets: int
    entries: int
    postings: int
    lots: int
    marks: int
    doubled_key: str | None
    given: Mapping[str, int]


class Audit(Protocol):
    """The whole journal for verify, wallet by wallet; all of it is read from one consistent state."""

    def shelves(self) -> AsyncIterator[Shelf]:
        """Each wallet in order of id: its row with ALL its lots and marks, then its entries."""
        ...

    async def totals(self) -> Totals:
        """Count the rows, so that a row that belongs to no wallet is noticed."""
        ...

    async def flaw(self) -> str | None:
        """What the database finds wrong with itself: damaged pages, broken constraints, guards that are gone."""
        ...


class Directory(Protocol):
    """Who is who: people, their identities on platforms, chats, and whose wallet is which."""

    async def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity, made on first sight; `name` is kept as last seen."""
        ...

    async def names(self, ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """The names of these people, as last seen; who is not known is left out."""
        ...

    async def identities(self, person: PersonId) -> tuple[Identity, ...]:
        """As whom a person is known on each platform."""
        ...

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person or a chat, if it was opened."""
        ...

    async def open_wallet(self, owner: Owner, settings: Settings, look: datetime | None = None) -> Wallet:
        """The owner's wallet, made with these settings where there is none; `look`: when it is looked at next."""
        ...

    async def settings_of(self, wallet: WalletId) -> Settings:
        """The settings of a wallet; where there is none, that is `Unknown`, raised."""
        ...

    async def save_settings(self, wallet: WalletId, settings: Settings, look: datetime | None = None) -> None:
        """Keep a wallet's settings; `look`: when it is looked at next."""
        ...

    async def chat(self, ref: ChatRef) -> Chat | None:
        """The chat as last saved."""
        ...

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat, over what was known of it."""
        ...

    async def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """A group changed its id: its row and its wallet follow. Harmless when repeated."""
        ...


class Notes(Protocol):
    """Small texts under a name that outlive a restart, each until a time (None: for good)."""

    async def note(self, name: str, now: datetime) -> str | None:
        """The text under a name, while its time lasts."""
        ...

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        """Keep a text under a name, over what was there."""
        ...

    async def drop_note(self, name: str) -> None:
        """Forget a name; harmless where there is none."""
        ...

    async def sweep_notes(self, now: datetime) -> None:
        """Forget the notes whose time is over."""
        ...


class Outbox(Protocol):
    """Notices and their deliveries. One sender at a time works on a platform: who holds its lease."""

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        """Keep notices, each with a delivery to every chat of its wallet's holder, or of its audience.

        A known key adds nothing. Where an audience is large, its deliveries come with `spread`. Gives the number of
        notices that were new. What a change carries is kept with it, in its own transaction.
        """
        ...

    async def lease(self, platform: str, holder: str, now: datetime, until: datetime, *, again: bool) -> Lease | None:
        """Take or keep the right to send on a platform until a time; None while another holds it.

        Where it passes to a new holder, what the one before left open is settled: a notice that is told at most once is
        `unknown`, any other is due again; with `again` (a second message is impossible there) what is fresh is so too.
        """
        ...

    async def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, the urgent and the oldest first, one for each chat and none for a chat that has one under way.

        All of it is `sending` from now on, on the disk; what is `STALE` is cancelled. Nothing where the epoch is over.
        """
        ...

    async def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """What became of a claimed delivery; an outcome that comes after the epoch's end can only clear a doubt.

        What waits, because it was put off or is to come later, holds with it what waits for the same chat and is no
        more urgent, so that it need not be claimed only to be put off as well.
        """
        ...

    async def give_up(self, now: datetime, limit: int) -> int:
        """Cancel what waits and is `STALE`, so many at most, also where nobody sends; gives the number.

        So is what was under way for as long, or `unknown` where it is told at most once: whoever sent it is gone.
        """
        ...

    async def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices, the oldest first and so many at most, that came to an end everywhere before a time.

        Where it is unknown whether one was sent, it stays until it has been so since before `doubts`. Gives the number
        of notices. The key of one that is forgotten is new again.
        """
        ...

    async def deliveries(self, notice: str) -> tuple[tuple[Target, State, str], ...]:
        """Where a notice went, how far it came, and why it came no further."""
        ...

    async def shift(self, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something to another state; gives how many. What is to go on is not `STALE`."""
        ...

    async def sent_as(self, notice: str) -> tuple[tuple[Target, str], ...]:
        """Where a notice has arrived, with the id that the platform gave to each message."""
        ...

    async def tally(self, notice: str) -> tuple[tuple[str, State, int], ...]:
        """How many deliveries of a notice stand how on each platform."""
        ...

    async def spread(self) -> bool:
        """Write some of the deliveries of a notice for many, of which the rest wait; whether there were any to write.

        A notice for many may come without all of its deliveries, so that nobody who books meanwhile waits for them.
        Until there are no more to write, it is to be asked again, by anybody.
        """
        ...

    async def next_due(self, platform: str) -> datetime | None:
        """When the next delivery of a platform is due (None: there is none)."""
        ...


class PromotionStore(Protocol):
    """What promotions ask of a store."""

    @property
    def promotions(self) -> Promotions:
        """Promotions and the claims on them."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """The chats that get announcements."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Notices and their deliveries."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The journal and its projections."""
        ...

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...


class AnnouncementStore(Protocol):
    """What announcements ask of a store."""

    @property
    def notes(self) -> Notes:
        """Small texts that outlive a restart."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Notices and their deliveries."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """The chats that get announcements."""
        ...

    @property
    def recurring(self) -> Recurring:
        """Announcements that come again."""
        ...

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...

    @property
    def tasks(self) -> Agenda:
        """What falls due when."""
        ...


class Store(Protocol):
    """Everything that outlives the process: a port for each use. Whoever needs one of them is given that one alone."""

    @property
    def ledger(self) -> Ledger:
        """The journal and its projections."""
        ...

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...

    @property
    def notes(self) -> Notes:
        """Small texts that outlive a restart."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Notices and their deliveries."""
        ...

    @property
    def tasks(self) -> Agenda:
        """What falls due when."""
        ...

    @property
    def promotions(self) -> Promotions:
        """Promotions and the claims on them."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """The chats that get announcements."""
        ...

    @property
    def recurring(self) -> Recurring:
        """Announcements that come again."""
        ...

    @property
    def audit_log(self) -> Actions:
        """What operators and admins did."""
        ...

    def audit(self) -> AbstractAsyncContextManager[Audit]:
        """Hold one consistent state of the whole journal, however many write meanwhile."""
        ...

    async def close(self) -> None:
        """Finish what is under way, then let go of the file or the connections."""
        ...
