"""Who spent what of a period, and what came of it: reads of the books what the period needs, in pieces."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.entry_builder import SLACK
from core.ledger.flows import unknown_in
from core.ledger.model import Kind
from core.ledger.sightings import BatchKind, standing
from core.proposals.card_groups import group_of
from core.proposals.listing import Trait, Wanted
from core.proposals.model import ProposalKind
from core.proposals.refreshing import refresh
from core.proposals.refs import Ref, own_ref
from core.shared.calendar import DAY
from core.shared.garbage import young_garbage_only
from core.statements.lines import book_lines
from core.statements.sightings import rows_of
from core.stats.funnel import HIRE, REPLY, sample_of
from core.team.attribution import Naming, add_namings, who_did
from core.team.model import Outcomes
from core.team.report import edges_of, team_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from core.ledger.model import Entry
    from core.proposals.model import Proposal
    from core.proposals.ports import ProposalStore
    from core.shared.ids import PersonId, WalletId
    from core.shared.ports import Clock
    from core.statements.model import BookLine
    from core.stats.funnel import Case
    from core.team.attribution import People
    from core.team.model import TeamReport, Who
    from core.wallets.settings import Settings
    from core.wallets.team import Same, Target

    Days = tuple[date | None, date]
ENTRIES: Final = 250
"""How many entries are read at a time: some milliseconds, in which no other reader is answered."""
CARDS: Final = 1000
"""How many proposals are read at a time. For those of some days the store looks through all of them each time."""
SHORT: Final = 100 * DAY
NEAR: Final = 3 * DAY
"""By so much the day of a row may differ from that of the entry that it is."""


class Authors(NamedTuple):
    """Who did what of some entries: for whom each is booked, what imports say of it, and whom names stand for.

    `same`: who is whom since two persons were linked.
    """

    by: Mapping[int, PersonId | None]
    namings: Mapping[int, Naming]
    people: People
    same: Same = ()

    def of(self, number: int, by: PersonId | None) -> Who:
        """Who did an entry that is booked for `by`."""
        return who_did(by, self.namings.get(number), self.people, self.same)

    def of_line(self, line: BookLine) -> Who:
        """Who did what a line is about."""
        return self.of(line.number, line.by)

    def of_card(self, card: Proposal) -> Who:
        """Who sent a proposal: whoever did its first entry, or else whom its page names."""
        first = next((number for number in card.entries if number in self.by), None)
        if first is not None:
            return self.of(first, self.by[first])
        return who_did(card.by, Naming(card.member) if card.member else None, self.people, self.same)


class TeamFigures:
    """Who spent what of a wallet that several people share.

    `people` are those for whom names on pages stand, as somebody has said.
    """

    def __init__(self, store: ProposalStore, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def report(self, wallet: WalletId, days: Days, people: People) -> TeamReport:
        """The report on some days in the wallet's zone, the first and the last included (None: from the beginning)."""
        with young_garbage_only():
            return await self._report(wallet, days, people)

    async def _report(self, wallet: WalletId, days: Days, people: People) -> TeamReport:
        settings = await self._store.people.settings_of(wallet)
        entries = await self._entries(wallet, edges_of(days, settings.zone)[0])
        unknown = unknown_in(await self._store.ledger.lots(wallet))
        authors = await self._authors(wallet, entries, people, settings.team.same)
        cards = await self._cards(wallet, days, settings.zone)
        recent = self._clock.now() - timedelta(days=settings.alerts.answer)

        def made() -> TeamReport:
            outcomes = outcomes_of(cards, authors, recent)
            found = team_report(book_lines(entries, unknown), authors.of_line, outcomes, days, settings.zone)
            entries.clear()  # here: to free so many at once takes some time as well
            cards.clear()
            return found

        return await asyncio.to_thread(made)

    async def bids(self, wallet: WalletId, targets: Iterable[Target], people: People) -> Mapping[int, int]:
        """How many proposals were sent so far for each target, by its id."""
        settings = await self._store.people.settings_of(wallet)
        return {target.id: await self._sent(wallet, target, settings, people) for target in targets}

    async def _sent(self, wallet: WalletId, target: Target, settings: Settings, people: People) -> int:
        cards = await self._cards(wallet, (target.first, target.last), settings.zone)
        if target.person is None:
            return len(cards)
        entries = await self._entries(wallet, edges_of((target.first, target.last), settings.zone)[0])
        authors = await self._authors(wallet, entries, people, settings.team.same)
        return sum(authors.of_card(card).person == target.person for card in cards)

    async def _entries(self, wallet: WalletId, since: datetime) -> list[Entry]:
        """All that happened since a moment.

        An import books years in one moment, so what is asked for of the last months is looked for by when it happened.
        More than that is read in pieces. Nothing is booked before it happens, so the newest entries suffice.
        """
        if since > self._clock.now() - SHORT:
            return [*await self._store.ledger.happened_since(wallet, since)]
        found: list[Entry] = []
        before: int | None = None
        while page := await self._store.ledger.history(wallet, before, ENTRIES):
            found += [entry for entry in page if entry.when >= since]
            before = page[-1].number
            if all(entry.at < since - SLACK for entry in page):
                break
        return found

    async def _authors(self, wallet: WalletId, entries: Sequence[Entry], people: People, same: Same) -> Authors:
        """Who did the spends among entries. Only those imports are read that may have seen one of them."""
        by = {entry.number: entry.by for entry in entries if entry.kind is Kind.SPEND}
        days = [entry.when.date() for entry in entries if entry.kind is Kind.SPEND]
        namings: dict[int, Naming] = {}
        if days:
            first, last = min(days) - NEAR, max(days) + NEAR
            for batch in standing(await self._store.ledger.batches(wallet), BatchKind.HISTORY):
                if (batch.first or first) <= last and (batch.last or last) >= first:
                    async for rows in rows_of(self._store.ledger, wallet, batch.number):
                        add_namings(namings, ((number, row) for number, row in rows if number in by))
        return Authors(by, namings, people, same)

    async def _cards(self, wallet: WalletId, days: Days, zone: str) -> list[Proposal]:
        """The proposals that were sent on some days, in pieces."""
        await refresh(self._store, wallet)
        cards = self._store.proposals
        found: list[Proposal] = []
        if days[0] is None:
            after = Ref(0, 0)
            while page := await cards.by_ref(wallet, after, CARDS):
                found += [card for card in page if card.kind is ProposalKind.BID]
                after = own_ref(page[-1])
            return found
        wanted = Wanted(Trait.BID, *edges_of(days, zone))
        while page := await cards.page(wallet, wanted, len(found), CARDS):
            found += page
        return found


def outcomes_of(cards: Iterable[Proposal], authors: Authors, recent: datetime) -> Mapping[Who, Outcomes]:
    """What came of proposals, by those who sent them. What was sent after `recent` is too young to count."""
    of_each: defaultdict[Who, list[Proposal]] = defaultdict(list)
    for card in cards:
        of_each[authors.of_card(card)].append(card)
    return {who: _outcomes(some, recent) for who, some in of_each.items()}


def _outcomes(cards: Sequence[Proposal], recent: datetime) -> Outcomes:
    sample = sample_of(map(group_of, cards), recent)
    priced = [case for case in sample.counted if case.traits.priced]
    return Outcomes(
        bids=len(sample.counted) + len(sample.waiting),
        replies=_reached(sample.counted, REPLY),
        hires=_reached(sample.counted, HIRE),
        young=len(sample.waiting),
        early=_reached(sample.waiting, REPLY),
        connects=sum(case.connects for case in priced),
        priced=len(priced),
        priced_replies=_reached(priced, REPLY),
        priced_hires=_reached(priced, HIRE),
        heard=sum(card.heard for card in cards),
        early_hires=_reached(sample.waiting, HIRE),
    )


def _reached(cases: Iterable[Case], step: int) -> int:
    return sum(case.traits.reached >= step for case in cases)
