"""What the reference store keeps of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.forgetting.personal_data import KeptMessage, KeptNote, KeptPerson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.announcements.model import Announcement, Series
    from core.ledger.model import Entry
    from core.promotions.model import Claim
    from core.shared.ids import PersonId, WalletId
    from storage.memory.tables import Tables


class MemoryPersonalData:
    """Implements `core.forgetting.personal_data.PersonalData`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def person(self, person: PersonId) -> KeptPerson | None:
        known, used = self._tables.persons.get(person), self._tables.used.get(person)
        return None if known is None else KeptPerson(person, known.name, "" if used is None else str(used))

    async def groups_since(self, person: PersonId) -> Mapping[WalletId, datetime]:
        return {wallet: known[person] for wallet, known in sorted(self._tables.members.items()) if person in known}

    async def announced_by(self, person: PersonId) -> tuple[Announcement, ...]:
        return tuple(one for one in self._tables.announcements.values() if one.by == person)

    async def series_by(self, person: PersonId) -> tuple[Series, ...]:
        return tuple(one for one in self._tables.series.values() if one.by == person)

    async def notes(self, after: str, limit: int) -> tuple[KeptNote, ...]:
        behind = sorted(name for name in self._tables.notes if name > after)
        return tuple(KeptNote(name, *self._tables.notes[name]) for name in behind[:limit])

    async def count_by(self, wallet: WalletId, person: PersonId) -> int:
        return len(self._booked(wallet, person))

    async def booked_by(self, wallet: WalletId, person: PersonId, before: int, limit: int) -> tuple[Entry, ...]:
        return tuple(entry for entry in reversed(self._booked(wallet, person)) if entry.number < before)[:limit]

    def _booked(self, wallet: WalletId, person: PersonId) -> list[Entry]:
        entries = self._tables.books[wallet].entries if wallet in self._tables.books else []
        return [entry for entry in entries if entry.by == person]

    async def claims_of(self, person: PersonId) -> tuple[Claim, ...]:
        made = sorted(self._tables.claims.items())
        return tuple(claim for _, claims in made for claim in claims.values() if claim.person == person)

    async def messages_to(self, chats: Sequence[tuple[str, str]]) -> tuple[KeptMessage, ...]:
        return tuple(
            KeptMessage(*one.target[:2], one.notice.code, one.notice.facts, one.made, one.state, one.changed)
            for one in self._tables.deliveries.values()
            if one.target.direct and one.target[:2] in chats
        )
