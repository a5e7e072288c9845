"""As whom the bot has known somebody, and where they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.forgetting.data_subject import DataSubject
from core.forgetting.disclosure import About
from core.forgetting.plain import at

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.forgetting.plain import Plain
    from core.links.model import Link
    from core.shared.ids import PersonId


class Extent(NamedTuple):
    """How many entries there are in somebody's own books, and how many they have booked in those of groups."""

    own: int
    in_groups: int

    @property
    def all(self) -> int:
        """How many entries that is."""
        return self.own + self.in_groups


async def about(call: Call) -> About:
    """Whoever calls, with all whom the bot has known them as."""
    store, person = call.store, call.person.id
    links = await store.links.links_of(person)
    persons = frozenset(await store.people.same_as(person))
    wallet = await store.people.wallet_of(person)
    closed = {link.closed.wallet for link in links if link.undone is None and link.closed is not None}
    wallets = frozenset(closed if wallet is None else {wallet.id, *closed})
    subject = DataSubject(persons, frozenset(await store.people.identities(person)), wallets)
    groups = sorted(one.id for one in await store.links.groups_with(persons))
    return About(subject, call.person.name, groups, [_plain(link, subject.persons) for link in links])


async def extent_of(call: Call, known: About) -> Extent:
    """How many entries would stay as figures."""
    kept, subject = call.store.personal_data, known.subject
    own = [(await call.store.ledger.holding(wallet)).entries for wallet in subject.wallets]
    theirs = [await kept.count_by(wallet, person) for wallet in known.groups for person in subject.persons]
    return Extent(sum(own), sum(theirs))


def _plain(link: Link, persons: frozenset[PersonId]) -> Plain:
    """A link as plain values. Of one that was undone, nobody reads who the other is now."""
    numbers = sorted({link.kept, *link.persons} & persons)
    return {"at": at(link.at), "accounts": link.accounts.value, "persons": numbers, "undone": at(link.undone)}
