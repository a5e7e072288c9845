"""The reference store's links between persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.links.seal import sealed_link
from core.scheduling.task import next_morning
from core.shared.ids import LinkId
from core.wallets.named import people_in
from core.wallets.people import ChatRef, Wallet
from core.wallets.ports import daily_review_name
from storage.memory.links.following import MemoryFollowing
from storage.writer.linking import linked, unforeseen, unlinked, wallets_fit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from core.ledger.model import Snapshot
    from core.links.model import Link, LinkedBooks, LinkedSettings, LinkPlan, UnlinkPlan
    from core.promotions.merging import MergedClaim
    from core.shared.ids import PersonId, WalletId
    from storage.memory.ledger import MemoryLedger
    from storage.memory.people import MemoryPeople
    from storage.memory.tables import Tables


class MemoryLinks:
    """Implements `core.links.ports.Links`. It checks everything before it changes anything."""

    def __init__(self, tables: Tables, ledger: MemoryLedger, people: MemoryPeople) -> None:
        self._tables, self._ledger, self._people = tables, ledger, people
        self._following = MemoryFollowing(tables)

    async def link(self, plan: LinkPlan) -> Link | None:
        link = plan.link
        known = next((one for one in self._tables.links.values() if one.key == link.key), None)
        if known is not None:
            return known
        if not self._may_link(link) or not self._as_seen(link.settings):
            return None
        decided = linked(plan, self._heads(link))
        if decided is None:
            return None
        self._ledger.append(decided)
        followed = self._merge(link._replace(id=LinkId(len(self._tables.links) + 1)))
        if link.closed is not None:
            self._close(followed.id, link.closed.wallet)
        self._save_settings(link.settings, link.books)
        sealed = self._tables.links[followed.id] = sealed_link(followed)
        return sealed

    async def unlink(self, plan: UnlinkPlan) -> Link | None:
        link = self._tables.links.get(plan.link.id)
        if link is None or link.undone is not None:
            return link
        if link.erased:  # somebody in it was forgotten
            return None
        if any(self._now(one) != link.kept for one in (link.kept, *link.persons)) or not self._as_seen(plan.settings):
            return None
        decided = unlinked(plan, self._heads(link))
        if decided is None:
            return None
        self._ledger.append(decided)
        if link.closed is not None:
            self._open(link.id, link.closed.wallet)
        self._save_settings(plan.settings, link.books, link.closed)
        self._unmerge(link)
        undone = self._tables.links[link.id] = sealed_link(link._replace(undone=plan.at))
        return undone

    def _now(self, person: PersonId) -> PersonId:
        return self._tables.into.get(person, person)

    def _same_as(self, person: PersonId) -> set[PersonId]:
        return {person, *(one for one, into in self._tables.into.items() if into == person)}

    def _may_link(self, link: Link) -> bool:
        if self._now(link.kept) != link.kept or self._now(link.merged) != link.merged:
            return False
        return (
            all(self._tables.persons[one].name for one in (link.kept, link.merged))  # nobody was forgotten
            and self._same_as(link.merged) == set(link.persons)
            and wallets_fit(link, self._own(link.merged), self._own(link.kept))
            and not unforeseen(link, self._groups_with(link.persons))
        )

    def _own(self, person: PersonId) -> WalletId | None:
        wallet = self._tables.owned.get(person)
        return None if wallet is None or self._tables.books[wallet].closed else wallet

    def _as_seen(self, settings: Iterable[LinkedSettings]) -> bool:
        books = self._tables.books
        return all(one.wallet in books and books[one.wallet].settings == one.before for one in settings)

    def _heads(self, link: Link) -> dict[WalletId, Snapshot]:
        return {one.wallet: self._ledger.head(one.wallet) for one in (link.books, link.closed) if one is not None}

    def _save_settings(self, settings: Iterable[LinkedSettings], *books: LinkedBooks | None) -> None:
        for one in settings:
            self._tables.books[one.wallet].set_settings(one.after)
        for changed in books:
            if changed is not None:
                book = self._tables.books[changed.wallet]
                book.set_settings(book.settings)

    def _close(self, link: LinkId, wallet: WalletId) -> None:
        self._tables.books[wallet].closed = True
        review = self._tables.due.pop(daily_review_name(wallet), None)
        if review is not None:
            self._tables.reviews[link] = review.at

    def _open(self, link: LinkId, wallet: WalletId) -> None:
        self._tables.books[wallet].closed = False
        review, name = self._tables.reviews.get(link), daily_review_name(wallet)
        if review is not None:
            self._tables.due[name] = next_morning(name, review)

    def _merge(self, link: Link) -> Link:
        kept, gone = (self._people.known_as(one) for one in (link.kept, link.merged))
        subscribed = self._following.merge_subscriptions(kept, gone)
        own = self._own(link.kept)
        claims: tuple[MergedClaim, ...] = ()
        if link.closed is not None and own is not None:
            everybody = {*self._same_as(link.kept), *link.persons}
            claims = self._following.merge_claims(everybody, link.closed.wallet, own)
        for one in link.persons:
            self._tables.into[one] = link.kept
        for used in (*kept, *gone)[:1]:
            self._tables.used[link.kept] = used
        return link._replace(subscribed=subscribed, claims=claims)

    def _unmerge(self, link: Link) -> None:
        both = self._people.known_as(link.kept)
        del self._tables.into[link.merged]
        self._tables.into.update({one: link.merged for one in link.persons if one != link.merged})
        for one in (link.kept, link.merged):
            known = self._people.known_as(one)
            self._tables.used.pop(one, None)
            if len(known) > 1:
                self._tables.used[one] = known[0]
        self._following.put_back_claims(link.claims)
        if link.subscribed is not None:
            self._following.put_back_subscriptions(link.subscribed, both)

    async def links_of(self, person: PersonId) -> tuple[Link, ...]:
        theirs = self._same_as(self._now(person))
        return tuple(link for link in self._tables.links.values() if theirs & {link.kept, link.merged})

    async def groups_with(self, persons: Collection[PersonId]) -> tuple[Wallet, ...]:
        return self._groups_with(persons)

    def _groups_with(self, persons: Collection[PersonId]) -> tuple[Wallet, ...]:
        wanted = set(persons)
        groups = (book for _, book in sorted(self._tables.books.items()) if isinstance(book.owner, ChatRef))
        return tuple(
            Wallet(book.id, book.settings)
            for book in groups
            if wanted & (people_in(book.settings) | self._tables.members.get(book.id, {}).keys())
        )
