"""The reference store's forgetting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.forgetting import traces
from core.forgetting.data_subject import DataSubject
from core.forgetting.drafts import announcement_left, promotion_left, series_left
from core.forgetting.erasing import Erasing, forgotten
from core.forgetting.mentions import Mentions
from core.ledger.erased.witness import ORDER, latest, sealed_erasure
from core.ledger.ports import Record
from core.ledger.seal import new_secret
from core.links.erased import link_keys, link_left
from core.promotions.model import ClaimState
from core.proposals.ports import passing_mark
from core.wallets.people import ChatRef, Person
from core.wallets.ports import daily_review_name
from core.wallets.settings import Settings
from storage.memory.book import Cards

if TYPE_CHECKING:
    from collections.abc import Iterator, Sized
    from datetime import datetime

    from core.forgetting.erasing import ErasedRows
    from core.forgetting.model import Forgotten
    from core.shared.ids import PersonId
    from storage.memory.book import Book
    from storage.memory.tables import StoredDelivery, Tables


class MemoryForgetting:
    """Implements `core.forgetting.ports.Forgetting`. It never awaits, so nothing can come in between."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def forget(self, person: PersonId, now: datetime) -> Forgotten:
        return _Forgetting(self._tables, self._subject(person), now).run()

    async def wipe(self) -> None:
        """Nothing is left of what was deleted."""

    def _subject(self, person: PersonId) -> DataSubject:
        tables = self._tables
        now = tables.into.get(person, person)
        persons = frozenset({now, *(one for one, into in tables.into.items() if into == now)})
        identities = frozenset(known for known, who in tables.identities.items() if who in persons)
        wallets = frozenset(tables.owned[one] for one in persons if one in tables.owned)
        return DataSubject(persons, identities, wallets)


class _Forgetting:
    """One forgetting."""

    def __init__(self, tables: Tables, subject: DataSubject, now: datetime) -> None:
        self._tables, self._subject, self._now, self._secret = tables, subject, now, new_secret()
        known = (tables.persons[one].name for one in subject.persons if one in tables.persons)
        keys = link_keys(tables.links.values(), subject.persons)
        self._mentions = Mentions(subject, frozenset(filter(None, known)), frozenset(), *keys)
        self._rows = 0

    def run(self) -> Forgotten:
        before = self._size()
        erased = [self._erased(book) for book in self._tables.books.values()]
        self._keep_witnesses(erased)
        texts = frozenset().union(*(rows.texts for rows in erased))
        self._mentions = self._mentions._replace(texts=texts)
        own = [self._tables.books[wallet] for wallet in self._subject.wallets]
        chats = sum(self._tables.chats.pop(ref, None) is not None for ref in self._subject.chats)
        self._close(own)
        self._forget_groups()
        self._forget_notices()
        self._forget_notes()
        self._forget_acts()
        self._forget_drafts()
        self._forget_people()
        groups = {book.id for book in self._tables.books.values() if isinstance(book.owner, ChatRef)}
        return forgotten(self._mentions, erased, groups, chats, before - self._size() - chats)

    def _size(self) -> int:
        """How many rows there are of what is deleted."""
        tables = self._tables
        deleted: tuple[Sized, ...] = (
            tables.identities, tables.chats, tables.notes, tables.due, tables.notices, tables.deliveries,
            tables.subscriptions, tables.once_keys, *tables.members.values(), *tables.incomes.values(),
            *tables.named_bids.values(),
        )  # fmt: skip
        return sum(len(rows) for rows in deleted)

    def _erased(self, book: Book) -> ErasedRows:
        keys = tuple(key for key in self._tables.once_keys.values() if key.wallet == book.id)
        record = Record(
            book.head(book.lots.values())._replace(once_keys=keys), tuple(book.entries), tuple(book.batches)
        )
        members = self._tables.notes.get(f"{traces.MEMBERS}:{book.id}", ("", None))[0]
        people, own = traces.members_in(members), book.id in self._subject.wallets
        ranks = latest((one for one in self._tables.witnesses if one.wallet == book.id), ORDER)
        rows = Erasing(record, self._mentions, self._secret, people, ranks, own=own).rows()
        if rows.entries or rows.batches or own:
            book.cards = Cards(passing_mark())
        for entry in rows.entries:
            old = book.entries[entry.number - 1].key
            self._tables.booked[entry.key] = self._tables.booked.pop(old)
            book.entries[entry.number - 1] = entry
        for batch in rows.batches:
            stored = book.batches[batch.number - 1]
            sightings = {row.line: row for row in (*stored.sightings, *batch.sightings)}
            proposals = {one.line: one for one in (*stored.proposals, *batch.proposals)}
            book.batches[batch.number - 1] = batch._replace(
                sightings=tuple(sightings.values()), proposals=tuple(proposals.values())
            )
        for name in rows.once_keys:
            del self._tables.once_keys[name]
        return rows

    def _keep_witnesses(self, erased: list[ErasedRows]) -> None:
        witnesses = [one for rows in erased for one in rows.witnesses]
        if witnesses:
            last = self._tables.erasures[-1] if self._tables.erasures else None
            erasure = sealed_erasure(last, self._now, witnesses)
            self._tables.erasures.append(erasure)
            self._tables.witnesses += [one._replace(erasure=erasure.number) for one in witnesses]

    def _close(self, own: list[Book]) -> None:
        for book in own:
            book.set_settings(Settings())
            book.closed = True
            self._tables.incomes.pop(book.id, None)
            self._tables.named_bids.pop(book.id, None)
            self._tables.due.pop(daily_review_name(book.id), None)

    def _forget_groups(self) -> None:
        for book in self._tables.books.values():
            if isinstance(book.owner, ChatRef):
                left = traces.settings_left(book.settings, self._subject.persons)
                if left != book.settings:
                    book.set_settings(left)
            members = self._tables.members.get(book.id, {})
            for person in self._subject.persons:
                members.pop(person, None)
        for promotion, claims in self._tables.claims.items():
            for person in self._subject.persons & claims.keys():
                claim = claims[person]
                if claim.state is ClaimState.ASKED:
                    self._tables.claims[promotion][person] = claim._replace(state=ClaimState.REFUSED)

    def _forget_notices(self) -> None:
        tables = self._tables
        for key in [*tables.notices]:
            if self._mentions.in_notice(key) or any(
                one.notice.wallet in self._subject.wallets for one in self._of(key)
            ):
                del tables.notices[key]
        for number, one in [*tables.deliveries.items()]:
            if one.notice.key not in tables.notices or one.target.ref in self._subject.chats:
                del tables.deliveries[number]
            else:
                to = tuple(target for target in one.notice.to if target.ref not in self._subject.chats)
                one.notice = one.notice._replace(to=to, facts=self._mentions.without(one.notice.facts))

    def _of(self, key: str) -> Iterator[StoredDelivery]:
        return (one for one in self._tables.deliveries.values() if one.notice.key == key)

    def _forget_notes(self) -> None:
        notes = self._tables.notes
        tokens = traces.questions_of([(name, text) for name, (text, _) in notes.items()], self._mentions)
        for name, (text, until) in [*notes.items()]:
            left = traces.note_left(name, text, self._mentions, tokens)
            if left is None:
                del notes[name]
            else:
                notes[name] = (left, until)
        for (platform, number), (update, _) in self._tables.inbox.items():
            if update.body and self._subject.sent(platform, update.body):
                self._tables.inbox[platform, number] = (update._replace(body=""), True)

    def _forget_acts(self) -> None:
        left = [traces.action_left(one, self._mentions, self._secret) for one in self._tables.actions.values()]
        self._tables.actions = {one.key: one for one in left}
        self._tables.links = {
            number: link_left(link, self._subject.persons, self._secret) for number, link in self._tables.links.items()
        }

    def _forget_drafts(self) -> None:
        tables, persons = self._tables, self._subject.persons
        for one in [*tables.announcements.values()]:
            if one.by in persons:
                tables.announcements[one.id] = announcement_left(one)
        for series in [*tables.series.values()]:
            if series.by in persons:
                tables.series[series.id] = series_left(series)
        for promotion in [*tables.promotions.values()]:
            if promotion.by in persons:
                tables.promotions[promotion.id] = promotion_left(promotion)

    def _forget_people(self) -> None:
        tables = self._tables
        for identity in self._subject.identities:
            del tables.identities[identity]
        for key, one in [*tables.subscriptions.items()]:
            if one.target.ref in self._subject.chats:
                del tables.subscriptions[key]
        for person in self._subject.persons & tables.persons.keys():
            tables.persons[person] = Person(person, "")
            tables.used.pop(person, None)
