"""Collects everything that is kept of a person, page by page, as plain values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.forgetting import plain
from core.forgetting.data_subject import PAIRED, own_words
from core.forgetting.mentions import Mentions
from core.forgetting.traces import MEMBERS, is_form, members_in, questions_of
from core.wallets.named import people_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from core.forgetting.data_subject import DataSubject
    from core.forgetting.personal_data import DisclosureStore, KeptNote
    from core.forgetting.plain import Plain
    from core.proposals.service import Proposals
    from core.shared.ids import PersonId, WalletId

KEYS: Final = (
    "persons", "accounts", "chats", "wallets", "entries", "lots", "imports", "rows", "proposals", "incomes", "won_by",
    "groups", "group_entries", "group_imports", "group_rows", "claims", "promotions", "announcements", "series",
    "subscriptions", "messages", "links", "notes", "updates", "actions",
)  # fmt: skip
"""The names of all lists, in their order. Each is explained in docs/privacy.md."""
ENTRIES: Final = 250
"""How many entries are read at a time: some milliseconds, in which nobody is answered."""
PAGE: Final = 500
PROPOSALS: Final = 100
PROMOTIONS: Final = 1000
NEWEST: Final = 2**53
START: Final = (0, 0)


class Part(NamedTuple):
    """Some of the values of a list, by its name in `KEYS`."""

    key: str
    values: Sequence[Plain]


class About(NamedTuple):
    """Whom a disclosure is about, and what they are called.

    `groups` are the wallets of groups in which they are known, `links` those between whom the bot has known them as.
    """

    subject: DataSubject
    name: str
    groups: Sequence[WalletId] = ()
    links: Sequence[Plain] = ()


class Disclosure:
    """Everything that is kept of one human being, and of nobody else."""

    def __init__(self, store: DisclosureStore, proposals: Proposals, about: About) -> None:
        """Read from `store` what is kept of whoever it is about."""
        self._store, self._proposals, self._subject, self._about = store, proposals, about.subject, about
        self._persons = sorted(about.subject.persons)
        self._asked: frozenset[str] = frozenset()

    async def parts(self) -> AsyncIterator[Part]:
        """All lists in the order of `KEYS`, each in one part or in several."""
        async for part in self._person():
            yield part
        for wallet in sorted(self._subject.wallets):
            async for part in self._books(wallet):
                yield part
        async for part in self._groups():
            yield part
        async for part in self._elsewhere():
            yield part

    async def _person(self) -> AsyncIterator[Part]:
        subject = self._subject
        persons = [await self._store.personal_data.person(number) for number in self._persons]
        yield Part("persons", [plain.person(one) for one in persons if one is not None])
        known = sorted(subject.identities, key=str)
        yield Part("accounts", [{"platform": one.platform, "user": one.user} for one in known])
        chats = [await self._store.people.chat(ref) for ref in sorted(subject.chats, key=str)]
        yield Part("chats", [plain.chat(one) for one in chats if one is not None])

    async def _books(self, wallet: WalletId) -> AsyncIterator[Part]:
        """The books of their own wallet, its newest entries first."""
        store, ledger = self._store, self._store.ledger
        head, kept = await ledger.holding(wallet), await store.people.settings_of(wallet)
        now = await store.people.wallet_of(self._persons[0])
        closed = now is None or now.id != wallet
        state = {"number": wallet, "closed": closed, "entries": head.entries, "balance": head.balance}
        yield Part("wallets", [{**state, "settings": plain.settings(kept)}])
        before: int | None = None
        while entries := await ledger.history(wallet, before, ENTRIES):
            yield Part("entries", [plain.entry(one, own=one.by in self._subject.persons) for one in entries])
            before = entries[-1].number
        yield Part("lots", [plain.lot(wallet, one) for one in await ledger.lots(wallet)])
        yield Part("imports", [plain.batch(one) for one in await ledger.batches(wallet)])
        after = START
        while rows := await ledger.sightings(wallet, after, PAGE):
            yield Part("rows", [plain.row(wallet, number, one) for number, one in rows])
            after = rows[-1][0], rows[-1][1].line
        async for cards in self._proposals.pages(wallet, PROPOSALS):
            yield Part("proposals", [plain.proposal(wallet, one) for one in cards])
        yield Part("incomes", [plain.income(wallet, one) for one in await store.incomes.of(wallet)])
        bids = await store.incomes.named_bids(wallet)
        yield Part("won_by", [{"wallet": wallet, "client": one, "proposal": ref} for one, ref in bids.items()])

    async def _groups(self) -> AsyncIterator[Part]:
        """What they are in groups, and what they booked there."""
        kept = self._store.personal_data
        for wallet in self._about.groups:
            yield Part("groups", [await self._group(wallet)])
            numbers: set[int] = set()
            for person in self._persons:
                before = NEWEST
                while entries := await kept.booked_by(wallet, person, before, ENTRIES):
                    yield Part("group_entries", [plain.entry(one, own=True) for one in entries])
                    numbers |= {one.number for one in entries}
                    before = entries[-1].number
            handed = [one for one in await self._store.ledger.batches(wallet) if one.by in self._subject.persons]
            yield Part("group_imports", [plain.batch(one) for one in handed])
            after = START
            while rows := await self._store.ledger.sightings(wallet, after, PAGE) if numbers else ():
                yield Part("group_rows", [plain.row(wallet, *one) for one in rows if one[1].number in numbers])
                after = rows[-1][0], rows[-1][1].line

    async def _group(self, wallet: WalletId) -> Plain:
        people, subject = self._store.people, self._subject.persons
        since = [(await self._store.personal_data.groups_since(one)).get(wallet) for one in self._persons]
        refs, settings = await people.groups_of(wallet), await people.settings_of(wallet)
        team, chats = settings.team, [await people.chat(ref) for ref in refs]
        return {
            "wallet": wallet,
            "chats": [{"platform": ref.platform, "chat": ref.id} for ref in refs],
            "since": plain.at(min(filter(None, since), default=None)),
            "titles": [one.title for one in chats if one is not None],
            "roles": [role.value for person, role in team.roles if person in subject],
            "limits": _theirs(team.limits, subject),
            "lifts": _theirs(team.lifts, subject),
            "targets": _theirs(team.targets, subject),
            "alerts_to_you": settings.alerts.person in subject,
        }

    async def _elsewhere(self) -> AsyncIterator[Part]:
        """What concerns no wallet, and what will be gone of itself."""
        store, subject = self._store, self._subject
        claims = [claim for person in self._persons for claim in await store.personal_data.claims_of(person)]
        yield Part("claims", [plain.claim(one) for one in claims])
        promotions = await store.promotions.newest(PROMOTIONS)
        yield Part("promotions", [plain.promotion(one) for one in promotions if one.by in subject.persons])
        for person in self._persons:
            yield Part(
                "announcements", [plain.announcement(one) for one in await store.personal_data.announced_by(person)]
            )
            yield Part("series", [plain.series(one) for one in await store.personal_data.series_by(person)])
        subscribed = await store.subscriptions.subscribers()
        theirs = [one for one in subscribed if one.by in subject.persons or one.target.ref in subject.chats]
        yield Part("subscriptions", [plain.subscription(one) for one in theirs])
        messages = await store.personal_data.messages_to(sorted(subject.addresses))
        yield Part("messages", [plain.message(one) for one in messages])
        yield Part("links", self._about.links)
        after, hide = "", plain.hiding(await self._others())
        while notes := await store.personal_data.notes(after, PAGE):
            yield Part("notes", [plain.note(one, hide) for one in map(self._of_note, notes) if one is not None])
            after = notes[-1].name
        yield Part("updates", [one async for one in self._updates()])
        for person in self._persons:
            before: int | None = None
            while actions := await store.audit_log.records(PAGE, before, person=person):
                yield Part("actions", [plain.action(one, hide) for one in actions])
                before = actions[-1].id

    async def _others(self) -> set[str]:
        """The names of other people in their groups, which they may have written."""
        people, named = self._store.people, set[str]()
        for wallet in self._about.groups:
            known = {*await people.members(wallet), *people_in(await people.settings_of(wallet))}
            named |= {*(await people.names(known - self._subject.persons)).values()}
        return named - {self._about.name}

    def _of_note(self, note: KeptNote) -> KeptNote | None:
        """What of a note is theirs: also how the pages of a group call them."""
        kind = note.name.partition(":")[0]
        if kind in PAIRED:
            return None
        if self._subject.has_note(note.name, note.text):
            self._asked |= questions_of([(note.name, note.text)], Mentions(self._subject))
            return note
        if is_form(note.name, self._asked):  # which comes after its question
            return note
        known = members_in(note.text) if kind == MEMBERS else {}
        theirs = {called: who for called, who in known.items() if who in self._subject.persons}
        return note._replace(text=json.dumps(theirs)) if theirs else None

    async def _updates(self) -> AsyncIterator[Plain]:
        for platform in sorted({one.platform for one in self._subject.identities}):
            for one in await self._store.inbox.unfinished(platform):
                if self._subject.sent(platform, one.body):
                    yield {"platform": platform, "at": plain.at(one.at), "body": own_words(json.loads(one.body))}


def _theirs(those: Iterable[Any], subject: frozenset[PersonId]) -> list[Plain]:
    """Limits and the like that are for one of these persons, without the number of whom."""
    found = [plain.plain(one) for one in those if one.person in subject]
    return [{name: value for name, value in one.items() if name != "person"} for one in found]
