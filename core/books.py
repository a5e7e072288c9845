"""The books of all wallets: one short method for each use case."""

from __future__ import annotations

import hashlib
from asyncio import Lock
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from core.alerts.catalogue import observe
from core.ledger import rules
from core.ledger.earning import EarningClaim, award_for, once_key_of
from core.ledger.entry_builder import SLACK, Intent, clock_behind, order_of_use
from core.ledger.model import Entry, Lot, Purpose, Receipt, Source
from core.ledger.ports import Key, Scope
from core.ledger.queries import bid_before, latest_to_undo
from core.ledger.requests import Balance, Opened, Request
from core.shared.calendar import next_nine
from core.shared.money import Price
from core.shared.refusals import NotUndoable, Refusal, RefusedError
from core.verification import Verdict, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime, timedelta

    from core.ledger.model import Change, Snapshot
    from core.ledger.ports import Ledger
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId, PromotionId, WalletId
    from core.shared.ports import Clock
    from core.verification import JournalReader
    from core.wallets.people import Identity, Owner, Person, Wallet
    from core.wallets.ports import Directory
    from core.wallets.settings import Plan, Settings

    Rule = Callable[[Snapshot, Intent], Change | Refusal]

BEGINNING = 20
"""How many entries an opening balance looks through for those that were undone; after more, it comes too late."""


class BookStore(Protocol):
    """What Books asks of a store."""

    @property
    def ledger(self) -> Ledger:
        """The journal and its projections."""
        ...

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...

    def audit(self) -> AbstractAsyncContextManager[JournalReader]:
        """Hold one consistent state of the whole journal, however many write meanwhile."""
        ...


class Books:
    """Keeps the books of all wallets. A refusal is raised as `RefusedError`, to be put into words in one place."""

    def __init__(self, store: BookStore, rulebook: Rulebook, clock: Clock) -> None:
        """Keep books in `store` by `rulebook`; the time is asked of `clock` and of nothing else."""
        self._store, self.rulebook, self.clock = store, rulebook, clock
        self._settling = Lock()

    async def open(self, owner: Owner, settings: Settings, key: str, by: PersonId) -> Opened:
        """Open the owner's wallet; a person's gets the welcome bonus, once whatever the platform."""
        wallet = await self._store.people.open_wallet(owner, settings, next_nine(settings.zone, self.clock.now()))
        if not isinstance(owner, int):
            return Opened(wallet, None)
        claim = EarningClaim(Source.WELCOME, wallet.id, by, self.clock.now())
        try:
            return Opened(wallet, await self._earn(Request(wallet.id, key, by), claim, ""))
        except RefusedError:
            return Opened(wallet, None)

    async def opening(self, act: Request, connects: int) -> Receipt:
        """Book what the person or the group held before, in place of a person's welcome."""
        own = None if act.by is None else await self._store.people.wallet_of(act.by)
        personal = own is not None and own.id == act.wallet
        mark = once_key_of(EarningClaim(Source.WELCOME, act.wallet, act.by, self.clock.now())) if personal else ""
        rule = partial(rules.opening, connects=connects, mark=mark, book=self.rulebook)
        booked = (await self._store.ledger.holding(act.wallet)).entries
        first = tuple(range(1, min(booked, BEGINNING) + 1))
        return await self.write(act, ("opening", connects), rule, entries=first, marks=(mark,) if mark else ())

    async def earn(
        self,
        act: Request,
        source: Source,
        *,
        plan: Plan,
        name: str = "",
        stars: int | None = None,
        connects: int | None = None,
    ) -> Receipt:
        """Book Connects that were earned; the rulebook says how many, unless `connects` does."""
        claim = EarningClaim(
            source=source,
            wallet=act.wallet,
            person=act.by,
            at=self.clock.now(),
            name=name,
            plan=plan,
            connects=connects,
            **({} if stars is None else {"stars": stars}),
        )
        return await self._earn(act, claim, name)

    async def buy(self, act: Request, connects: int, price: Price | None = None, memo: str = "") -> Receipt:
        """Book a purchase; without a price, at the rulebook's."""
        paid = price if price is not None else rules.price_of(connects, self.rulebook)
        rule = partial(rules.buy, connects=connects, price=paid, book=self.rulebook)
        return await self.write(act, ("buy", connects, price, memo), rule, memo=memo)

    async def spend(
        self, act: Request, connects: int, purpose: Purpose = Purpose.PROPOSAL, memo: str = "", job: str = ""
    ) -> Receipt:
        """Spend Connects; `job` is the id of the job, `memo` its title."""
        rule = partial(rules.spend, connects=connects, purpose=purpose, book=self.rulebook)
        return await self.write(act, ("spend", connects, purpose, memo, job), rule, memo=memo, job=job)

    async def give_back(self, act: Request, number: int, connects: int | None = None) -> Receipt:
        """Return the spend with this number, or `connects` of it."""
        rule = partial(rules.give_back, number=number, connects=connects, book=self.rulebook)
        return await self.write(act, ("return", number, connects), rule, entries=(number,))

    async def undo(self, act: Request, number: int | None = None) -> Receipt:
        """Reverse the entry with this number; without one, the latest that can be, but not what a wallet began with."""
        target = await latest_to_undo(self._store.ledger, act.wallet) if number is None else number
        if number is None and not target:
            return await self.write(act, ("undo", number), lambda _before, _wish: NotUndoable(0, "nothing"))
        rule = partial(rules.undo, number=target, book=self.rulebook)
        return await self.write(act, ("undo", number), rule, entries=(target,))

    async def entry(self, wallet: WalletId, number: int) -> Entry | None:
        """One entry by its number."""
        return await self._store.ledger.entry(wallet, number)

    async def adjust(self, act: Request, delta: int, memo: str = "") -> Receipt:
        """Correct the books by `delta` Connects."""
        rule = partial(rules.adjust, delta=delta, book=self.rulebook)
        return await self.write(act, ("adjust", delta, memo), rule, memo=memo)

    async def sweep(self, limit: int = 1000) -> int:
        """Book out what has expired, in up to `limit` wallets; gives the number of wallets swept.

        Where some cannot be swept, the others are, and then an `ExceptionGroup` tells of the former.
        """
        now, swept = self.clock.now(), 0
        faults: list[Exception] = []
        for wallet in await self._store.ledger.lapsed(now, limit):
            act = Request(wallet, f"{int(now.timestamp()):010d}:expire:{wallet}")
            try:
                await self.write(act, ("expire", now), partial(rules.expire, book=self.rulebook))
            except RefusedError:
                continue  # a spend swept it between the look and the write
            except Exception as error:  # noqa: BLE001 - one broken wallet must not keep the others from being swept
                error.add_note(f"wallet {wallet}")
                faults.append(error)
            else:
                swept += 1
        if faults:
            raise ExceptionGroup("wallets could not be swept", faults)
        return swept

    async def balance(self, wallet: WalletId, at: datetime | None = None) -> Balance:
        """What can be spent now, or could at a past moment."""
        moment = self.clock.now() if at is None else at
        lots = (
            (await self._store.ledger.holding(wallet)).lots
            if at is None
            else await self._store.ledger.lots_at(wallet, at)
        )
        live = sorted(
            (lot for lot in lots if lot.left and not lot.expired(moment)),
            key=lambda lot: order_of_use(lot, self.rulebook),
        )
        worth: dict[str, Price] = {}
        for lot in live:
            if lot.worth is not None:
                worth[lot.worth.currency] = worth.get(lot.worth.currency, Price(0, 0, lot.worth.currency)) + lot.worth
        paid = sum(lot.left for lot in live if lot.paid)
        total = sum(lot.left for lot in live)
        return Balance(moment, total, total - paid, paid, tuple(worth.values()), tuple(live))

    async def expiring(self, wallet: WalletId, within: timedelta) -> tuple[Lot, ...]:
        """Lots that expire within a span from now, the soonest first."""
        balance = await self.balance(wallet)
        dated = [(lot.expires, lot) for lot in balance.lots if lot.expires is not None]
        return tuple(lot for expires, lot in sorted(dated, key=lambda pair: pair[0]) if expires <= balance.at + within)

    async def history(self, wallet: WalletId, before: int | None = None, limit: int = 10) -> tuple[Entry, ...]:
        """Entries numbered below `before` (None: the newest), newest first, each with the balance after it."""
        return await self._store.ledger.history(wallet, before, limit)

    async def newest(self, wallet: WalletId) -> int:
        """The number of the latest entry (0: there is none)."""
        return (await self._store.ledger.holding(wallet)).entries

    async def journal(self, wallet: WalletId) -> tuple[Entry, ...]:
        """All entries of a wallet, oldest first."""
        pages: list[Entry] = []
        before: int | None = None
        while page := await self._store.ledger.history(wallet, before, 1000):
            pages.extend(page)
            before = page[-1].number
        return tuple(reversed(pages))

    async def bid_before(self, bid: Entry) -> Entry | None:
        """The latest proposal on the job of this one, if there is one before it that is not undone."""
        return await bid_before(self._store.ledger, bid)

    async def titles(self, wallet: WalletId, limit: int = 25) -> tuple[str, ...]:
        """The latest job titles, newest first, to be offered again."""
        return await self._store.ledger.titles(wallet, limit)

    async def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity, made on first sight."""
        return await self._store.people.person(identity, name)

    async def authors(self, entries: Iterable[Entry]) -> Mapping[PersonId, str]:
        """The names of those who booked these entries; who is not known any more is left out."""
        return await self._store.people.names({entry.by for entry in entries if entry.by is not None})

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person or a chat, if it was opened."""
        return await self._store.people.wallet_of(owner)

    async def change_settings(self, wallet: WalletId, change: Callable[[Settings], Settings]) -> tuple[Settings, bool]:
        """What becomes of a wallet's settings, and whether that is new; who changes another thing meanwhile waits."""
        async with self._settling:
            kept = await self._store.people.settings_of(wallet)
            wanted = change(kept)
            if wanted != kept:  # by them it is looked at on the next morning
                await self._store.people.save_settings(wallet, wanted, next_nine(wanted.zone, self.clock.now()))
        return wanted, wanted != kept

    async def verify(self) -> Verdict:
        """Prove the whole journal."""
        async with self._store.audit() as audit:
            return await verify(audit)

    async def _earn(self, act: Request, claim: EarningClaim, memo: str) -> Receipt:
        award = award_for(claim, self.rulebook)
        if isinstance(award, Refusal):
            raise RefusedError(award)
        return await self.write(
            act,
            ("earn", claim.source, claim.name, claim.stars, claim.connects),
            partial(rules.earn, claim=claim, book=self.rulebook),
            memo=memo,
            marks=() if award.once_key is None else _marks(claim),
            recent=None if award.window is None else claim.at - award.window,
        )

    async def write(
        self,
        act: Request,
        asked: tuple[object, ...],
        rule: Rule,
        *,
        memo: str = "",
        job: str = "",
        entries: tuple[int, ...] = (),
        marks: tuple[str, ...] = (),
        recent: datetime | None = None,
        claimed: tuple[PromotionId | None, PersonId | None] = (None, None),
    ) -> Receipt:
        """Write what a pure rule decides, once for the key of `act`; a refusal is raised.

        `asked` is what was asked, so that the same key with another wish is refused. The scope is named up front.
        """
        key = Key(act.key, fingerprint(act.wallet, *asked))
        intent = Intent(key, self.clock.now(), act.by, memo, job)
        outcome = await self._store.ledger.write(
            Scope(act.wallet, entries, marks, recent, *claimed),
            key,
            lambda before: clock_behind(before, intent) or observe(before, rule(before, intent), self.rulebook),
        )
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome)
        return outcome


def _marks(claim: EarningClaim) -> tuple[str, ...]:
    """The marks it may take: its entry is dated now or, after a clock's step back, up to `SLACK` later."""
    days = (claim.at, claim.at + SLACK)
    return tuple({once_key_of(replace(claim, at=day)) for day in days})


def fingerprint(*asked: object) -> str:
    """What was asked, in 16 hexadecimal digits: the same wish gives the same."""
    return hashlib.blake2b(repr(asked).encode(), digest_size=8).hexdigest()
