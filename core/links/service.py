"""The links' service: a preview, then one link that writes exactly what it showed, and its undo."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from core.booking import PLANS, fingerprint
from core.ledger.change_keys import own_key
from core.ledger.past.standing import Standing, booked_again
from core.ledger.queries import available
from core.ledger.seal import new_secret
from core.ledger.sightings import standing
from core.links.following import PersonMerge, settings_linked, settings_unlinked
from core.links.model import Accounts, Link, LinkPlan, UnlinkPlan
from core.links.parties import Party, in_order
from core.links.preview import UNANSWERED, Linked, OnTop, Parted, Unlinked
from core.links.steps import LinkAction
from core.shared.garbage import young_garbage_only
from core.shared.ids import LinkId
from core.shared.refusals import BooksMoved, LinkBuiltOn, LinkedAlready, RefusedError, SamePerson, Unknown
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.links.model import LinkedBooks, LinkedSettings, Step
    from core.links.parties import Parties
    from core.links.planning import Planned
    from core.links.ports import LinkStore
    from core.links.preview import LinkAnswers, LinkPreview
    from core.shared.ids import PersonId, WalletId
    from core.shared.ports import Clock


class LinkService:
    """Makes one person of two, and two of one again. Refusals are raised as `RefusedError`.

    Plans are made off the writer, which only compares the state of both books.
    """

    def __init__(
        self, store: LinkStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str] = new_secret
    ) -> None:
        """Link in `store`, by the figures of `rulebook`; `secret` gives each change the secret of its texts."""
        self._store, self.rulebook, self.clock, self._secret = store, rulebook, clock, secret

    async def preview(
        self, one: PersonId, other: PersonId, accounts: Accounts | None = None, answers: LinkAnswers = UNANSWERED
    ) -> LinkPreview:
        """What linking two persons would do now, in whatever order they are given.

        `accounts` is what somebody said of their wallets (None: not asked yet). It does not count if only one of them
        has books. Refused as `SamePerson`, `LinkedAlready` or `TwoAccountsAlready`.
        """
        parties = await self._parties(one, other)
        return (await self._planned(parties, accounts, answers, self._act("preview", "", one))).shown

    async def link(
        self, one: PersonId, other: PersonId, accounts: Accounts | None, answers: LinkAnswers, *, stamp: str, key: str
    ) -> Linked:
        """Link as the preview with this stamp showed, all of it or nothing; `one` is who confirms it.

        If something else would be shown by now, it is refused (`BooksMoved`). The same key links once.
        """
        name = own_key(key)
        for done in await self._store.links.links_of(one):
            if done.key == name:
                return await self._linked(done, replayed=True)
        act = self._act(name, fingerprint("link", accounts, stamp), one)
        for _ in range(PLANS):
            parties = await self._parties(one, other)
            planned = await self._planned(parties, accounts, answers, act)
            if planned.shown.stamp != stamp or not planned.shown.ready:
                break
            link = await self._store.links.link(await self._plan(parties, planned, act))
            if link is not None:
                return await self._linked(link)
        raise RefusedError(BooksMoved())

    async def standing(self, person: PersonId) -> tuple[Link, ...]:
        """The links of a person that stand, oldest first. Only the last of them can be undone."""
        return tuple(link for link in await self._store.links.links_of(person) if link.undone is None)

    async def on_top(self, link: Link) -> OnTop:
        """What stands of all that was booked, imported and linked since, on top of a link."""
        return await self._on_top(link, await self._record(link.books))

    async def _on_top(self, link: Link, kept: Record | None) -> OnTop:
        later = tuple(one for one in await self.standing(link.kept) if one.id > link.id)
        if kept is None or link.books is None or link.accounts is Accounts.ALONE:
            return OnTop(links=later)
        entries, imports = link.books.after.entries, link.books.after.imports
        again = booked_again(kept.entries, entries)
        facts = (
            entry for number, entry in Standing(kept.entries).facts.items() if number > entries and number not in again
        )
        seen = (batch for batch in standing(kept.batches) if batch.number > imports)
        return OnTop(tuple(facts), tuple(seen), later)

    async def parted(self, link: Link) -> Parted:
        """What both would have once a link is undone. It must be one with nothing on top."""
        kept, merged = await self._record(link.books), await self._record(link.closed)
        if kept is None or merged is None or link.accounts is Accounts.ALONE:
            return Parted(await self._balance(link.kept), None if link.closed is None else link.closed.before.balance)
        from core.links.undoing import plan_undo

        act = self._act("preview", "", link.kept)
        with young_garbage_only():
            plan = await asyncio.to_thread(plan_undo, kept, merged, link, act, self.rulebook)
        return Parted(available(plan.kept.head.lots, act.at), available(plan.merged.head.lots, act.at))

    async def unlink(self, person: PersonId, number: LinkId, key: str) -> Unlinked:
        """Undo a link of a person. Idempotent: one that is undone already is only shown (`replayed`).

        Refused as `Unknown` if it is not theirs, as `LinkBuiltOn` if something is on top of it.
        """
        act = self._act(own_key(key), fingerprint("unlink", number), person)
        for _ in range(PLANS):
            link = await self._link_of(person, number)
            if link.undone is not None:
                return await self._unlinked(link, replayed=True)
            kept = await self._record(link.books)
            if not (top := await self._on_top(link, kept)).nothing:
                raise RefusedError(LinkBuiltOn(len(top.entries), len(top.imports), len(top.links)))
            settings = settings_unlinked(link.settings, await self._settings(link.settings))
            plan = UnlinkPlan(link, act.at, act.key, await self._steps_back(link, kept, act), settings)
            if (undone := await self._store.links.unlink(plan)) is not None:
                return await self._unlinked(undone)
        raise RefusedError(BooksMoved())

    async def _parties(self, one: PersonId, other: PersonId) -> Parties:
        parties = [await self._party(person) for person in (one, other)]
        if parties[0].person == parties[1].person:
            several = len(await self._store.people.identities(one)) > 1
            raise RefusedError(LinkedAlready() if several else SamePerson())
        return in_order(*parties)

    async def _party(self, person: PersonId) -> Party:
        people = self._store.people
        now, *others = await people.same_as(person)
        wallet = await people.wallet_of(now)
        record = None if wallet is None else await self._store.ledger.record(wallet.id)
        return Party(now, (now, *others), wallet, record)

    def _act(self, key: str, body: str, by: PersonId) -> LinkAction:
        return LinkAction(key, body, self.clock.now(), by, self._secret)

    async def _planned(
        self, parties: Parties, accounts: Accounts | None, answers: LinkAnswers, act: LinkAction
    ) -> Planned:
        from core.links.planning import plan_link  # which knows all rules of the past; most starts of a bot see no link

        with young_garbage_only():
            return await asyncio.to_thread(plan_link, parties, accounts, answers, act, self.rulebook)

    async def _plan(self, parties: Parties, planned: Planned, act: LinkAction) -> LinkPlan:
        (kept, merged), accounts = parties, planned.shown.accounts or Accounts.ALONE
        groups = await self._store.links.groups_with(merged.persons)
        unset = Settings(currency=self.rulebook.currency)
        settings = settings_linked(PersonMerge(merged.persons, kept.person), kept.wallet, merged.wallet, groups, unset)
        link = Link(
            LinkId(0),
            act.at,
            act.key,
            accounts,
            kept.person,
            merged.person,
            merged.persons,
            planned.books,
            planned.closed,
            settings,
        )
        return LinkPlan(link, planned.steps)

    async def _link_of(self, person: PersonId, number: LinkId) -> Link:
        for link in await self._store.links.links_of(person):
            if link.id == number:
                return link
        raise RefusedError(Unknown("link", str(number)))

    async def _record(self, books: LinkedBooks | None) -> Record | None:
        return None if books is None else await self._store.ledger.record(books.wallet)

    async def _steps_back(self, link: Link, kept: Record | None, act: LinkAction) -> tuple[Step, ...]:
        """The steps that take a link out of the kept books, and open the closed ones again."""
        merged = await self._record(link.closed)
        if kept is None or merged is None:
            return ()
        from core.links.planning import plan_unlink

        with young_garbage_only():
            return await asyncio.to_thread(plan_unlink, kept, merged, link, act, self.rulebook)

    async def _settings(self, restored: Iterable[LinkedSettings]) -> dict[WalletId, Settings]:
        """The settings of these wallets now, without those that are gone."""
        found: dict[WalletId, Settings] = {}
        for wallet in {one.wallet for one in restored}:
            with suppress(RefusedError):
                found[wallet] = await self._store.people.settings_of(wallet)
        return found

    async def _linked(self, link: Link, *, replayed: bool = False) -> Linked:
        return Linked(link, await self._balance(link.kept), replayed)

    async def _unlinked(self, link: Link, *, replayed: bool = False) -> Unlinked:
        return Unlinked(link, await self._balance(link.kept), await self._balance(link.merged), replayed)

    async def _balance(self, person: PersonId) -> int | None:
        wallet = await self._store.people.wallet_of(person)
        if wallet is None:
            return None
        return available((await self._store.ledger.holding(wallet.id)).lots, self.clock.now())
