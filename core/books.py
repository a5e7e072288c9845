"""The ledger's service: one short method for each use case."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from core.booking import Booking
from core.ledger import rules
from core.ledger.budget import month_of
from core.ledger.earning import EarningClaim, award_for, once_key_of, once_keys_of
from core.ledger.entry_builder import SLACK
from core.ledger.model import Kind, Purpose, Source
from core.ledger.opening import opening
from core.ledger.past import dated_rules
from core.ledger.past.amending import amended, drawn, priced, unpriced
from core.ledger.queries import balance_of, ending, latest_to_undo, members_of
from core.ledger.requests import Opened, Request, Spend
from core.ledger.summary import net_spends
from core.ledger.valuation import stated_price, value
from core.shared.calendar import next_nine
from core.shared.refusals import NotUndoable, Refusal, RefusedError, Unknown
from core.verification import verify
from core.wallets.settings import beyond_bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from core.booking import Asked, BookStore
    from core.ledger.earning import Award
    from core.ledger.model import Entry, Lot, Receipt
    from core.ledger.past.amending import Drawn, Unpriced
    from core.ledger.requests import Balance
    from core.ledger.summary import NetSpend
    from core.shared.ids import PersonId, WalletId
    from core.shared.money import CostState, Price
    from core.verification import Verdict
    from core.wallets.people import Identity, Owner, Person, Wallet
    from core.wallets.settings import Plan, Settings

OPENING_WINDOW = 20
"""An opening balance is possible after up to this many entries, if all but the welcome bonus are undone."""


RECENT = 1000
"""Among how many entries a spend is found by what it was for, rather than by its number."""


class Books(Booking):
    """Keeps the books of all wallets. Refusals are raised as `RefusedError`, to be put into words in one place."""

    def over(self, store: BookStore) -> Books:
        """The same books, reached through another view of the same store."""
        return Books(store, self.rulebook, self.clock, self._secret)

    async def open(self, owner: Owner, settings: Settings, key: str, by: PersonId) -> Opened:
        """Open the owner's wallet; idempotent. A person gets the welcome bonus once, whatever the platform."""
        wallet = await self._store.people.open_wallet(owner, settings, next_nine(settings.zone, self.clock.now()))
        if not isinstance(owner, int):
            return Opened(wallet, None)
        claim = EarningClaim(Source.WELCOME, wallet.id, by, self.clock.now())
        try:
            return Opened(wallet, await self._earn(Request(wallet.id, key, by), claim, ""))
        except RefusedError:
            return Opened(wallet, None)

    async def opening(self, request: Request, connects: int, cost: Price | CostState | None = None) -> Receipt:
        """Book what a person or a group held before; for a person it replaces the welcome bonus.

        Without a cost it is refused (`CostUnstated`), unless it was booked already, by a version that asked for none.
        """
        own = None if request.by is None else await self._store.people.wallet_of(request.by)
        personal = own is not None and own.id == request.wallet
        welcome = EarningClaim(Source.WELCOME, request.wallet, request.by, self.clock.now())
        once_key = once_key_of(welcome) if personal else ""
        price = None if cost is None else stated_price(cost, connects, self.rulebook)
        rule = partial(opening, connects=connects, price=price, once_key=once_key, rulebook=self.rulebook)
        booked = (await self._store.ledger.holding(request.wallet)).entries
        first = tuple(range(1, min(booked, OPENING_WINDOW) + 1))
        once_keys = (once_key,) if once_key else ()
        asked = ("opening", connects) if cost is None else ("opening", connects, cost)
        return await self.write(request, asked, rule, entries=first, once_keys=once_keys)

    async def value(self, request: Request, connects: int | None, cost: Price | CostState) -> Receipt:
        """State the cost of Connects whose cost is unknown: of so many, or of all that are left. See `price`."""
        rule = partial(value, connects=connects, cost=cost, rulebook=self.rulebook)
        plan = partial(dated_rules.restated_today, rule=rule, rulebook=self.rulebook)
        return await self.write_or_restate(request, ("value", connects, cost), rule, plan)

    async def amend(self, request: Request, prices: Mapping[int, Price]) -> Receipt:
        """State what all that some entries issued did cost, by their numbers. What was spent of it follows."""
        plan = partial(amended, prices=prices, rulebook=self.rulebook)
        return await self.write_past(request, ("amend", *sorted(prices.items())), plan)

    async def price(
        self, request: Request, connects: int, cost: Price | CostState, *, asked: Asked | None = None
    ) -> Receipt:
        """State what all Connects of unknown cost did cost, whether spent or left. There must be so many.

        `asked`: see `replayed`.
        """
        plan = partial(priced, connects=connects, cost=cost, rulebook=self.rulebook)
        return await self.write_past(request, asked or ("value", connects, cost), plan)

    async def unpriced(self, wallet: WalletId) -> tuple[Unpriced, ...]:
        """The entries that issued Connects whose cost nobody has said, whether those are spent or left."""
        return unpriced(await self._store.ledger.record(wallet))

    async def drawn(self, wallet: WalletId, lots: Collection[int]) -> Drawn:
        """What was spent of some lots."""
        return drawn(await self._store.ledger.record(wallet), lots)

    async def earn(
        self,
        request: Request,
        source: Source,
        *,
        plan: Plan,
        name: str = "",
        stars: int | None = None,
        connects: int | None = None,
        on: datetime | None = None,
    ) -> Receipt:
        """Book Connects that were earned: as many as the rulebook says, unless `connects` is given.

        `on`: the day on which a monthly lot came (see `spend_all`); what else is earned is booked today.
        """
        settings = await self._store.people.settings_of(request.wallet)
        claim = EarningClaim(
            source=source,
            wallet=request.wallet,
            person=request.by,
            at=self.clock.now(),
            name=name,
            plan=plan,
            connects=connects,
            zone=settings.zone,
            **({} if stars is None else {"stars": stars}),
        )
        if (then := await self.past_day(request, on)) is not None:
            plan_then = partial(dated_rules.earn_then, claim=claim, on=then, rulebook=self.rulebook)
            return await self.write_past(request, (*_asked(claim), on), plan_then, memo=name)
        return await self._earn(request, claim, name)

    async def buy(
        self, request: Request, connects: int, price: Price | None = None, *, on: datetime | None = None
    ) -> Receipt:
        """Book a purchase, at the rulebook's price if none is given. `on`: see `spend_all`."""
        paid = price if price is not None else rules.price_of(connects, self.rulebook)
        asked = ("buy", connects, price, "")  # fingerprints that are kept have a memo
        if (then := await self.past_day(request, on)) is not None:
            plan = partial(dated_rules.buy_then, connects=connects, price=paid, on=then, rulebook=self.rulebook)
            return await self.write_past(request, (*asked, on), plan)
        rule = partial(rules.buy, connects=connects, price=paid, rulebook=self.rulebook)
        return await self.write(request, asked if on is None else (*asked, on), rule)

    async def spend(
        self, request: Request, connects: int, purpose: Purpose = Purpose.PROPOSAL, memo: str = "", job: str = ""
    ) -> Receipt:
        """Spend Connects. For a proposal, `job` is the id of the job and `memo` its title."""
        return await self.spend_all(request, (Spend(connects, purpose, memo, job),))

    async def spend_all(
        self,
        request: Request,
        spends: Sequence[Spend],
        *,
        on: datetime | None = None,
        unless_bid_on: Collection[str] = (),
    ) -> Receipt:
        """Book several spends in one change: all of them, or none if there are not enough Connects for all.

        `on`: when they happened, if that was on an earlier day. Then costs are as if they had been booked on that day,
        so that the change may correct later entries; `Receipt.asked` has the entries that were asked for.
        `unless_bid_on`: if there is a bid on one of these jobs, it is refused (`AlreadyBid`). They are no part of what
        is asked for, so that a retry need not repeat them.
        """
        asked: Asked = ("spend", *spends[0]) if len(spends) == 1 else ("spends", *map(tuple, spends))
        asked = asked if on is None else (*asked, on)
        if (then := await self.past_day(request, on)) is not None:
            plan = partial(dated_rules.spend_then, spends=spends, on=then, rulebook=self.rulebook)
            return await self.write_past(request, asked, plan, jobs=tuple(unless_bid_on))
        rule = partial(rules.spend_all, spends=spends, rulebook=self.rulebook)
        return await self.write(request, asked, rule, jobs=tuple(unless_bid_on))

    async def give_back(
        self,
        request: Request,
        number: int,
        connects: int | None = None,
        *,
        asked: Asked | None = None,
        on: datetime | None = None,
    ) -> Receipt:
        """Return the spend with this number, or only `connects` of it. `asked`: see `replayed`, `on`: `spend_all`."""
        asked = asked or (("return", number, connects) if on is None else ("return", number, connects, on))
        if (then := await self.past_day(request, on)) is not None:
            plan = partial(
                dated_rules.give_back_then, numbers=(number,), connects=connects, on=then, rulebook=self.rulebook
            )
            return await self.write_past(request, asked, plan)
        rule = partial(rules.give_back, number=number, connects=connects, rulebook=self.rulebook)
        return await self.write(request, asked, rule, entries=(number,))

    async def give_back_all(
        self, request: Request, numbers: Sequence[int], *, asked: Asked | None = None, on: datetime | None = None
    ) -> Receipt:
        """Return all that is left of several spends in one change. `asked` and `on`: see `give_back`."""
        spends = tuple(dict.fromkeys(numbers))
        if len(spends) == 1:
            return await self.give_back(request, spends[0], asked=asked, on=on)
        asked = asked or (("returns", *spends) if on is None else ("returns", *spends, on))
        if (then := await self.past_day(request, on)) is not None:
            plan = partial(dated_rules.give_back_then, numbers=spends, connects=None, on=then, rulebook=self.rulebook)
            return await self.write_past(request, asked, plan)
        rule = partial(rules.give_back_all, numbers=spends, rulebook=self.rulebook)
        return await self.write(request, asked, rule, entries=spends)

    async def replayed(self, request: Request, asked: Asked) -> Receipt | None:
        """What was booked under this request's key, if anything was; refused (`KeyReused`) if another thing was asked.

        What is meant by a line such as "/return last" changes with the books. So it is looked up before it is read
        again, and the request's fingerprint is made of what was `asked`, not of what it was taken to mean.
        """
        try:
            return await self.write(request, asked, lambda before, _intent: Unknown("key", str(before.wallet)))
        except RefusedError as refused:
            if isinstance(refused.refusal, Unknown):
                return None
            raise

    async def undo(self, request: Request, number: int | None = None) -> Receipt:
        """Reverse the entry with this number, and with it all that stands of its change.

        Without a number, reverse the latest entry that can be undone, leaving out the wallet's first Connects.
        """
        target = await latest_to_undo(self._store.ledger, request.wallet) if number is None else number
        if number is None and not target:
            return await self.write(request, ("undo", number), lambda _before, _intent: NotUndoable(0, "nothing"))
        members = await members_of(self._store.ledger, request.wallet, target)
        rule = partial(rules.undo, number=target, rulebook=self.rulebook)
        plan = partial(dated_rules.undo_then, number=target, rulebook=self.rulebook)
        spends = (entry.of for entry in members if entry.kind is Kind.RETURN and entry.of is not None)
        numbers = (*(entry.number for entry in members), *spends)
        since = min((entry.when for entry in members), default=self.clock.now())
        sparing = await self.sparing_pins(request, rule, since)
        return await self.write_or_restate(request, ("undo", number), sparing, plan, entries=numbers)

    async def entry(self, wallet: WalletId, number: int) -> Entry | None:
        """One entry by its number."""
        return await self._store.ledger.entry(wallet, number)

    async def adjust(
        self, request: Request, delta: int, memo: str = "", *, was: int | None = None, on: datetime | None = None
    ) -> Receipt:
        """Correct the balance by `delta` Connects; with `was`, only if the balance is still that.

        `on`: when it was wrong already (see `spend_all`).
        """
        if (then := await self.past_day(request, on)) is not None:
            plan = partial(dated_rules.adjust_then, delta=delta, on=then, rulebook=self.rulebook)
            return await self.write_past(request, ("adjust", delta, memo, was, on), plan, memo=memo)
        rule = partial(rules.adjust, delta=delta, was=was, rulebook=self.rulebook)
        asked = ("adjust", delta, memo) if was is None else ("adjust", delta, memo, was)
        return await self.write(request, asked, rule, memo=memo)

    async def sweep(self, limit: int = 1000) -> int:
        """Book out what has expired, in up to `limit` wallets; returns the number of wallets swept.

        A wallet that fails does not stop the others; the failures are raised together as an `ExceptionGroup`.
        """
        now, swept = self.clock.now(), 0
        faults: list[Exception] = []
        for wallet in await self._store.ledger.lapsed(now, limit):
            request = Request(wallet, f"{int(now.timestamp()):010d}:expire:{wallet}")
            try:
                await self.write(request, ("expire", now), partial(rules.expire, rulebook=self.rulebook))
            except RefusedError:
                continue  # a spend booked it out after it was found here
            except Exception as error:  # noqa: BLE001 - one broken wallet must not keep the others from being swept
                error.add_note(f"wallet {wallet}")
                faults.append(error)
            else:
                swept += 1
        if faults:
            raise ExceptionGroup("wallets could not be swept", faults)
        return swept

    async def balance(self, wallet: WalletId, at: datetime | None = None) -> Balance:
        """What can be spent now, or could be spent at a past moment."""
        moment = self.clock.now() if at is None else at
        lots = (
            (await self._store.ledger.holding(wallet)).lots
            if at is None
            else await self._store.ledger.lots_at(wallet, at)
        )
        return balance_of(lots, moment, self.rulebook)

    async def expiring(self, wallet: WalletId, within: timedelta) -> tuple[Lot, ...]:
        """Lots with Connects left that expire within a span from now, the soonest first."""
        lots = (await self._store.ledger.holding(wallet)).lots
        return tuple(lot for _, lot in ending(lots, self.clock.now(), within))

    async def history(self, wallet: WalletId, before: int | None = None, limit: int = 10) -> tuple[Entry, ...]:
        """Entries numbered below `before` (None: the newest), newest first."""
        return await self._store.ledger.history(wallet, before, limit)

    async def open_spends(self, wallet: WalletId) -> tuple[NetSpend, ...]:
        """The spends among what happened last of which something can still come back, newest first."""
        entries = await self._store.ledger.latest(wallet, RECENT)
        return tuple(spend for spend in reversed(net_spends(entries)) if spend.connects)

    async def latest(self, wallet: WalletId, limit: int) -> tuple[Entry, ...]:
        """The last entries by when they happened, newest first."""
        return (await self._store.ledger.latest(wallet, limit))[::-1]

    async def newest(self, wallet: WalletId) -> int:
        """The number of the latest entry (0: there are none)."""
        return (await self._store.ledger.holding(wallet)).entries

    async def journal(self, wallet: WalletId) -> tuple[Entry, ...]:
        """All entries of a wallet, oldest first."""
        entries: list[Entry] = []
        before: int | None = None
        while batch := await self._store.ledger.history(wallet, before, 1000):
            entries.extend(batch)
            before = batch[-1].number
        return tuple(reversed(entries))

    async def titles(self, wallet: WalletId, limit: int = 25) -> tuple[str, ...]:
        """The latest job titles, newest first, as suggestions for the next spend; without what was undone."""
        return await self._store.ledger.titles(wallet, limit)

    async def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity, created if the identity is new."""
        return await self._store.people.person(identity, name)

    async def authors(self, entries: Iterable[Entry]) -> Mapping[PersonId, str]:
        """The names of the people who booked these entries; people no longer known are left out."""
        return await self._store.people.names({entry.by for entry in entries if entry.by is not None})

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person or a chat, if there is one."""
        return await self._store.people.wallet_of(owner)

    async def change_settings(self, wallet: WalletId, change: Callable[[Settings], Settings]) -> tuple[Settings, bool]:
        """Apply a pure change to a wallet's settings; returns the settings and whether they changed.

        If another process has changed them meanwhile, the change is applied again, to what they are by then.
        """
        while True:
            kept = await self._store.people.settings_of(wallet)
            wanted = change(kept)
            if (refusal := beyond_bounds(wanted)) is not None:
                raise RefusedError(refusal)
            if wanted == kept:
                return wanted, False
            review_at = next_nine(wanted.zone, self.clock.now())  # which goes by the new ones, such as the time zone
            if await self._store.people.replace_settings(wallet, kept, wanted, review_at):
                return wanted, True

    async def verify(self) -> Verdict:
        """Prove the whole journal and everything derived from it."""
        async with self._store.read_journal() as journal:
            return await verify(journal)

    async def _earn(self, request: Request, claim: EarningClaim, memo: str) -> Receipt:
        award = award_for(claim, self.rulebook)
        if isinstance(award, Refusal):
            raise RefusedError(award)
        return await self.write(
            request,
            _asked(claim),
            partial(rules.earn, claim=claim, rulebook=self.rulebook),
            memo=memo,
            once_keys=() if award.once_key is None else _once_keys(claim),
            recent=_looked_back(claim, award),
        )


def _asked(claim: EarningClaim) -> Asked:
    return ("earn", claim.source, claim.name, claim.stars, claim.connects)


def _once_keys(claim: EarningClaim) -> tuple[str, ...]:
    """The once-keys it may take: its entry is dated now or, if the clock has stepped back, up to `SLACK` later.

    With them those of the months around, which may be held by an entry of this month (see `Award.zone`).
    """
    days = (claim.at, claim.at + SLACK, month_of(claim.at, claim.zone) - SLACK)
    return tuple({key for day in days for key in once_keys_of(replace(claim, at=day))})


def _looked_back(claim: EarningClaim, award: Award) -> datetime | None:
    """Since when the lots must be known to judge an award (None: those with Connects left are enough)."""
    if award.zone is not None:
        return month_of(claim.at, award.zone) - SLACK
    return None if award.window is None else claim.at - award.window
