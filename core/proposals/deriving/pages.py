"""Of which proposal a page, or somebody, says something."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.ledger.sightings import BatchKind, Boosted, standing
from core.proposals.deriving.cards import Card, Seen, sent_by_id
from core.proposals.model import ENDS
from core.shared.names import unpunctuated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from core.ledger.sightings import Batch
    from core.proposals.deriving.joining import Joined

CLOCKS: Final = timedelta(days=1)
"""By so much the day that a page says may differ from the one that is booked."""
AT_ONCE: Final = timedelta(seconds=10)
"""The time in a proposal's id is that of its row, to a few seconds."""


@dataclass(slots=True, eq=False)
class Item:
    """Sightings that are certainly of one proposal, because they have the same id of Upwork's; or a single one."""

    seen: list[Seen] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its title, as it is compared."""
        return next((unpunctuated(one.sighting.title) for one in self.seen if one.sighting.title), "")

    @property
    def day(self) -> date | None:
        """The day on which it was sent."""
        return next((one.sighting.day for one in self.seen if one.sighting.day is not None), None)

    @property
    def proposal(self) -> str:
        """Upwork's id of it."""
        return next((one.sighting.proposal for one in self.seen if one.sighting.proposal), "")

    @property
    def job(self) -> str:
        """The id of its job."""
        return next((one.sighting.job for one in self.seen if one.sighting.job), "")

    @property
    def pages(self) -> frozenset[int]:
        """The numbers of the pages that show it."""
        return frozenset(one.batch.number for one in self.seen if one.batch.kind is BatchKind.PROPOSALS)

    @property
    def look(self) -> tuple[object, ...]:
        """What tells it from others of the same title and day: what equals in this is the same news."""
        return tuple((one.sighting.state, one.sighting.viewed, one.sighting.boosted) for one in self.seen)

    @property
    def open_until(self) -> date | None:
        """The latest day on which a page shows it as not ended."""
        days = [
            one.as_of for one in self.seen if one.batch.kind is BatchKind.PROPOSALS and one.sighting.state not in ENDS
        ]
        return max(days, default=None)

    @property
    def boosted(self) -> bool | None:
        """Whether the newest page says that it has a boost. It says so of each that is open and has one."""
        latest = max(self.seen, key=lambda one: (one.as_of, one.name))
        if latest.sighting.boosted is None and (latest.batch.kind is BatchKind.TOLD or latest.sighting.state in ENDS):
            return None
        return latest.sighting.boosted is Boosted.YES


class Matched:
    """The cards of all proposals, with what pages and people say of each."""

    def __init__(self, joined: Joined, batches: Sequence[Batch], current: Callable[[int], int]) -> None:
        self._joined, self._current = joined, current
        self._card_of = {id(group): Card(group) for group in joined.groups}
        self.cards = list(self._card_of.values())
        self._by_title: defaultdict[str, list[Card]] = defaultdict(list)
        for card in self.cards:
            for title in card.titles:
                self._by_title[title].append(card)
        self._seen_on: defaultdict[str, list[Card]] = defaultdict(list)
        self._by_name: dict[tuple[int, int], Card] = {}
        self.unclear: list[tuple[Seen, tuple[Card, ...]]] = []
        seen = [
            Seen(batch, one)
            for batch in standing(tuple(batches), BatchKind.PROPOSALS, BatchKind.TOLD)
            for one in batch.proposals
        ]
        self._settled = {
            one.sighting.seen: one.sighting.number for one in seen if one.sighting.seen and one.sighting.number
        }
        self._match(seen)

    def card(self, number: int) -> Card | None:
        """The card of the proposal that an entry is part of."""
        group = self._joined.group_of(self._current(number))
        return None if group is None else self._card_of[id(group)]

    def _match(self, seen: Sequence[Seen]) -> None:
        items = _items(seen)
        rest = [item for item in items if not self._take(item, self._named(item))]
        rest = [item for item in rest if not _is_of_nothing(item)]
        rest = [item for item in rest if not self._take(item, self._on_job(item))]
        rest = [item for item in rest if not self._take(item, self._sent_then(item))]
        later = [item for item in rest if item.seen[0].sighting.seen is not None]
        for alike in _alike(item for item in rest if item not in later):
            self._place(alike)
        for item in later:
            name = next(one.sighting.seen for one in item.seen if one.sighting.seen is not None)
            if not self._take(item, self._by_name.get(name)) and not item.seen[0].sighting.only_tags:
                self._place([item])

    def _take(self, item: Item, card: Card | None) -> bool:
        if card is None:
            return False
        for one in item.seen:
            card.add(one)
            self._by_name[one.name] = card
        return True

    def _named(self, item: Item) -> Card | None:
        """The card that somebody has said it is."""
        for one in item.seen:
            number = self._settled.get(one.name, one.sighting.number)
            if number is not None and (card := self.card(number)) is not None:
                return card
        return None

    def _on_job(self, item: Item) -> Card | None:
        """The only proposal on its job."""
        there = self._cards_on(item.job)
        return there[0] if len(there) == 1 else None

    def _cards_on(self, job: str) -> list[Card]:
        """The cards of a job: of what was booked and of what was only seen or told."""
        if not job:
            return []
        return [*(self._card_of[id(group)] for group in self._joined.on_job(job)), *self._seen_on.get(job, ())]

    def _sent_then(self, item: Item) -> Card | None:
        """The proposal that was sent at the moment that Upwork's id has."""
        moment = sent_by_id(item.proposal)
        if moment is None:
            return None
        fitting = [card for card in self._by_title.get(item.title, ()) if _free(card, item)]
        exact = [card for card in fitting if card.exact is not None and abs(card.exact - moment) <= AT_ONCE]
        return exact[0] if len(exact) == 1 else None

    def _place(self, alike: Sequence[Item]) -> None:
        """Find the proposals of items of one title and day, all of which one page shows."""
        candidates = self._candidates(alike[0])
        for some, fitting in _by_boost(alike, candidates):
            self._share(some, fitting)

    def _candidates(self, item: Item) -> list[Card]:
        there = self._cards_on(item.job) or (self._by_title.get(item.title, []) if item.title else [])
        fitting = [card for card in there if _free(card, item)]
        if item.day is None:
            return fitting
        day = item.day
        exact = [card for card in fitting if card.day == day]
        return exact or [card for card in fitting if card.day is not None and abs(card.day - day) <= CLOCKS]

    def _share(self, items: Sequence[Item], cards: Sequence[Card]) -> None:
        """Give each item its card: where the items are equal, it makes no difference which."""
        items, cards = self._without_alike(items, cards)
        equal = len({item.look for item in items}) == 1
        if len(cards) > len(items) or (cards and not equal):
            self.unclear += [(one, tuple(cards)) for item in items for one in item.seen]
            return
        for at, item in enumerate(items):
            self._take(item, cards[at] if at < len(cards) else self._new(item))

    def _without_alike(self, items: Sequence[Item], cards: Sequence[Card]) -> tuple[Sequence[Item], Sequence[Card]]:
        """What is left once each item has its card that looks just so on another page, and of which nothing is booked.

        So the same page in another form is of the same proposals.
        """
        rest, free = [], list(cards)
        for item in items:
            alike = next((card for card in free if card.group is None and _look_of(card) == item.look), None)
            if alike is None:
                rest.append(item)
            else:
                free.remove(alike)
                self._take(item, alike)
        return rest, free

    def _new(self, item: Item) -> Card:
        """The card of a proposal that was only seen."""
        card = Card()
        self.cards.append(card)
        if item.title:
            self._by_title[item.title].append(card)
        if item.job:
            self._seen_on[item.job].append(card)
        return card


def _is_of_nothing(item: Item) -> bool:
    """Whether it was said of an entry that has been undone, and names nothing else."""
    return not (item.title or item.job or item.proposal) and all(one.sighting.number for one in item.seen)


def _look_of(card: Card) -> tuple[object, ...]:
    """What the page that showed a card last tells of it; see `Item.look`."""
    return Item(card.seen[-1:]).look


def _items(seen: Iterable[Seen]) -> list[Item]:
    """What was seen, in the order of the days of which it says something."""
    by_id: dict[object, Item] = {}
    for one in sorted(seen, key=lambda one: (one.as_of, one.name)):
        by_id.setdefault(one.sighting.proposal or one.name, Item()).seen.append(one)
    return list(by_id.values())


def _alike(items: Iterable[Item]) -> Iterable[list[Item]]:
    """The items of one title and day that a page shows together; those with ids first, over all pages."""
    found: dict[object, list[Item]] = {}
    for item in sorted(items, key=lambda item: not item.proposal):
        page = 0 if item.proposal else item.seen[0].batch.number
        found.setdefault((page, item.title, item.day, item.job), []).append(item)
    for some in found.values():
        yield sorted(some, key=lambda item: (item.proposal, *(-one for one in item.seen[0].name)))


def _by_boost(items: Sequence[Item], cards: Sequence[Card]) -> Iterable[tuple[Sequence[Item], Sequence[Card]]]:
    """Items and cards that fit; parted by whether they are boosted, where that leaves no doubt."""
    if len(cards) < 2 or any(item.boosted is None for item in items):  # noqa: PLR2004 - there is nothing to part
        return [(items, cards)]
    with_boost = [item for item in items if item.boosted], [card for card in cards if card.is_boosted]
    without = [item for item in items if not item.boosted], [card for card in cards if not card.is_boosted]
    parts = [part for part in (with_boost, without) if part[0]]
    return parts if all(len(some) <= len(fitting) for some, fitting in parts) else [(items, cards)]


def _free(card: Card, item: Item) -> bool:
    """Whether a card may be what an item shows: it has no other id or line on its page, and had not ended by then."""
    ids = ((card.proposal, item.proposal), (card.job, item.job))
    if any(one and other and one != other for one, other in ids) or not card.pages.isdisjoint(item.pages):
        return False
    return card.closed is None or item.open_until is None or card.closed >= item.open_until
