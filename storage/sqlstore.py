"""The store over any SQL database: writes go to the writer's thread, reads to the reader's, each in one hop."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from core.telling import Due, look_at
from storage.audience import Subscribers
from storage.directory import Directory
from storage.ledger import Ledger
from storage.outbox import Outbox
from storage.promoting import Promoting
from storage.recording import Recording
from storage.spread import BEFORE_ALL, SLICE
from storage.sql_records import SqlRecords
from storage.statements import ReadSql
from storage.worker import Job, Worker
from storage.writer import Booking, Engine, Errand, Wish, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from core.audience import Audience, Subscription
    from core.errors import Refusal
    from core.model import Entry, Lot, PersonId, Receipt, Snapshot, WalletId
    from core.notices import Delivery, Lease, Notice, Outcome, State, Target
    from core.people import Chat, ChatRef, Identity, Owner, Person, Settings, Wallet
    from core.ports import Decide, Key, Scope
    from core.telling import Expiring
    from storage.ledger import Writable
    from storage.spread import Slices
    from storage.statements import Compiler

T = TypeVar("T")
Read: TypeAlias = "Callable[[], Any]"
READS_AT_ONCE = 16


class SqlStore(SqlRecords):
    """Everything of `Store` but the audit and the close, which are the engine's own."""

    def __init__(
        self,
        engine: Engine,
        writing: Writable,
        reading: Writable,
        to_text: Compiler,
        meaning: Callable[[Exception], Exception],
    ) -> None:
        """Keep books by `engine` over two connections; `meaning` is what an error of the driver means to a reader."""
        self._writer: Worker[Wish] = Worker("writer", Writer(engine).work)
        _spare_the_collector()
        self._reader: Worker[Read] = Worker("reader", partial(run_each, meaning=meaning), READS_AT_ONCE)
        self._ledger = Ledger(reading, ReadSql(to_text))
        self._people = Directory(reading, to_text)
        self._kept = Directory(writing, to_text)
        self._told, self._outbox = Outbox(reading, to_text), Outbox(writing, to_text)
        self._offered, self._offering = Promoting(reading, to_text), Promoting(writing, to_text)
        self._recorded, self._recording = Recording(reading, to_text), Recording(writing, to_text)
        self._hearing, self._subscribing = Subscribers(reading, to_text), Subscribers(writing, to_text)

    async def _read(self, run: Callable[[], T]) -> T:
        outcome: T = await self._reader.ask(run)
        return outcome

    async def _keep(self, run: Callable[[], T], *, moves_wallets: bool = False, repeatable: bool = True) -> T:
        outcome: T = await self._writer.ask(Errand(run, moves_wallets, repeatable))
        return outcome

    async def write(self, scope: Scope, key: Key, decide: Decide) -> Receipt | Refusal:
        """Look the key up, decide, commit whole; answered only when it is on disk."""
        outcome: Receipt | Refusal = await self._writer.ask(Booking(scope, key, decide))
        return outcome

    async def holding(self, wallet: WalletId) -> Snapshot:
        """The wallet now, with its open lots."""
        return await self._read(partial(self._ledger.holding, wallet))

    async def lots_at(self, wallet: WalletId, at: datetime) -> tuple[Lot, ...]:
        """Every lot issued up to `at`, as the journal up to then left it."""
        return await self._read(partial(self._ledger.lots_at, wallet, at))

    async def history(self, wallet: WalletId, before: int | None, limit: int) -> tuple[Entry, ...]:
        """Entries numbered below `before`, newest first."""
        return await self._read(partial(self._ledger.history, wallet, before, limit))

    async def entry(self, wallet: WalletId, number: int) -> Entry | None:
        """One entry by its number."""
        return await self._read(partial(self._ledger.entry, wallet, number))

    async def titles(self, wallet: WalletId, limit: int) -> tuple[str, ...]:
        """The latest distinct memos of the wallet's spends, newest first."""
        return await self._read(partial(self._ledger.titles, wallet, limit))

    async def on_job(self, wallet: WalletId, job: str) -> tuple[Entry, ...]:
        """The wallet's spends on a job that are not undone, newest first."""
        return await self._read(partial(self._ledger.on_job, wallet, job))

    async def lapsed(self, now: datetime, limit: int) -> tuple[WalletId, ...]:
        """Wallets with an expired lot that still holds Connects, the longest expired first."""
        return await self._read(partial(self._ledger.lapsed, now, limit))

    async def expiring(self, after: datetime, until: datetime, limit: int) -> tuple[Expiring, ...]:
        """Lots with Connects left that expire in a span, the soonest first."""
        return await self._read(partial(self._ledger.expiring, after, until, limit))

    async def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity; written only where something about it is new."""
        known = await self._read(partial(self._people.known, identity))
        if known is not None and known.name == name:
            return known
        return await self._keep(partial(self._kept.person, identity, name))

    async def people(self, ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """The names of these people, as last seen."""
        return await self._read(partial(self._people.people, ids))

    async def identities(self, person: PersonId) -> tuple[Identity, ...]:
        """As whom a person is known on each platform."""
        return await self._read(partial(self._told.identities, person))

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person or a chat, if it was opened."""
        return await self._read(partial(self._people.wallet_of, owner))

    async def open_wallet(self, owner: Owner, settings: Settings, look: datetime | None = None) -> Wallet:
        """The owner's wallet, made with these settings where there is none, and when it is looked at next."""
        return await self._keep(partial(self._opened, owner, settings, look))

    def _opened(self, owner: Owner, settings: Settings, look: datetime | None) -> Wallet:
        wallet = self._kept.open_wallet(owner, settings)
        self._look_again(wallet.id, look)
        return wallet

    def _look_again(self, wallet: WalletId, look: datetime | None) -> None:
        if look is not None:
            self._offering.put_due(Due(look_at(wallet), look))

    async def settings_of(self, wallet: WalletId) -> Settings:
        """The settings of a wallet."""
        return await self._read(partial(self._people.settings_of, wallet))

    async def save_settings(self, wallet: WalletId, settings: Settings, look: datetime | None = None) -> None:
        """Keep a wallet's settings, and when it is looked at next."""
        await self._keep(partial(self._save, wallet, settings, look), moves_wallets=True)

    def _save(self, wallet: WalletId, settings: Settings, look: datetime | None) -> None:
        self._kept.save_settings(wallet, settings)
        self._look_again(wallet, look)

    async def chat(self, ref: ChatRef) -> Chat | None:
        """The chat as last saved."""
        return await self._read(partial(self._people.chat, ref))

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat, over what was known of it."""
        await self._keep(partial(self._kept.save_chat, chat))

    async def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """A group changed its id: its row and its wallet follow."""
        await self._keep(partial(self._kept.move_chat, old, new), moves_wallets=True)

    async def note(self, name: str, now: datetime) -> str | None:
        """The text under a name, while its time lasts."""
        return await self._read(partial(self._people.note, name, now))

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        """Keep a text under a name, over what was there."""
        await self._keep(partial(self._kept.put_note, name, text, until))

    async def drop_note(self, name: str) -> None:
        """Forget a name."""
        await self._keep(partial(self._kept.drop_note, name))

    async def sweep_notes(self, now: datetime) -> None:
        """Forget the notes whose time is over."""
        await self._keep(partial(self._kept.sweep_notes, now))

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        """Keep notices with their deliveries; gives the number of those whose key was new."""
        slices = await self._sliced(notices)
        return await self._keep(partial(self._outbox.notify, notices, now, slices))

    async def _sliced(self, notices: Sequence[Notice]) -> Slices:
        """Whom those of the notices that have an audience are for, read page by page beside what others do."""
        return {one.key: await self._pages(one.audience) for one in notices if one.audience is not None}

    async def _pages(self, audience: Audience) -> tuple[str, ...]:
        found: list[str] = []
        after: tuple[str, str] | None = BEFORE_ALL
        while after is not None:
            page, after = await self._read(partial(self._told.spread.page, audience, after))
            found += filter(None, (page,))
        return tuple(found)

    async def spread(self) -> bool:
        """Write the deliveries of one slice; whether there was one."""
        return await self._read(self._told.spread.waits) and await self._keep(self._outbox.spread.next)

    async def lease(self, platform: str, holder: str, now: datetime, until: datetime, *, again: bool) -> Lease | None:
        """Take or keep the right to send on a platform until a time."""
        return await self._keep(partial(self._outbox.lease, platform, holder, now, until, again=again))

    async def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, one for each chat; all of it is `sending` from now on."""
        return await self._keep(partial(self._outbox.claim, platform, epoch, now, limit), repeatable=False)

    async def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """What became of a claimed delivery."""
        await self._keep(partial(self._outbox.settle, delivery, epoch, outcome, now))

    async def give_up(self, now: datetime, limit: int) -> int:
        """Cancel what waits and is stale; gives the number."""
        return await self._keep(partial(self._outbox.give_up, now, limit))

    async def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices that came to an end before a time; gives their number."""
        return await self._keep(partial(self._outbox.forget, before, limit, doubts=doubts))

    async def deliveries(self, notice: str) -> tuple[tuple[Target, State, str], ...]:
        """Where a notice went, how far it came, and why it came no further."""
        return await self._read(partial(self._told.deliveries, notice))

    async def sent_as(self, notice: str) -> tuple[tuple[Target, str], ...]:
        """Where a notice has arrived, with the id of each message."""
        return await self._read(partial(self._told.sent_as, notice))

    async def tally(self, notice: str) -> tuple[tuple[str, State, int], ...]:
        """How many deliveries of a notice stand how on each platform."""
        return await self._read(partial(self._told.tally, notice))

    async def next_due(self, platform: str) -> datetime | None:
        """When the next delivery of a platform is due."""
        return await self._read(partial(self._told.next_due, platform))

    async def shift(self, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something from one state to another; gives how many."""
        return await self._keep(partial(self._outbox.shift, about, seen, then, now))

    async def subscribe(self, one: Subscription) -> None:
        """Keep a subscription, over what was kept of its chat."""
        await self._keep(partial(self._subscribing.subscribe, one))

    async def unsubscribe(self, platform: str, chat: str) -> bool:
        """End a chat's subscription; whether there was one."""
        return await self._keep(partial(self._subscribing.unsubscribe, platform, chat))

    async def subscription(self, platform: str, chat: str) -> Subscription | None:
        """A chat's subscription."""
        return await self._read(partial(self._hearing.subscription, platform, chat))

    async def subscribers(self) -> tuple[Subscription, ...]:
        """All of them, by platform and chat."""
        found: list[Subscription] = []
        after = BEFORE_ALL
        while page := await self._read(partial(self._hearing.page, after, SLICE)):
            found += page
            after = page[-1].target[:2]
        return tuple(found)


def run_each(jobs: Sequence[Job[Read]], meaning: Callable[[Exception], Exception]) -> None:
    """Run functions one after another; what one raises is its own caller's, by what it means."""
    for job in jobs:
        try:
            job.outcome = job.asked()
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to this caller
            job.error = meaning(error)


def _spare_the_collector() -> None:
    """A batch makes thousands of objects that live until its commit and then go by themselves.

    Python would walk them, and all that was imported, several times for each batch: a tenth of a spend.
    """
    if not gc.get_freeze_count():
        gc.freeze()
    young, *older = gc.get_threshold()
    gc.set_threshold(max(young, 20_000), *older)
