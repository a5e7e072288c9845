"""The figures of proposals that have something in common, and which of these groups cost most without a hire.

No group is ever called the best: among a dozen of them one looks best by chance.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from core.proposals.card_groups import AGES, BANDS
from core.proposals.listing import is_by
from core.shared.ids import PersonId
from core.shared.names import folded
from core.stats.funnel import HIRE, Sample, funnel_of, is_bid, replies_in
from core.stats.intervals import needed, newcombe
from core.stats.model import ENOUGH, Boost, Contrast, Facet, JobAge, Names, PriceBand, Rate, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from core.proposals.card_groups import CardGroup
    from core.stats.funnel import Case, Yardsticks
    from core.stats.model import Selection

T = TypeVar("T")
Key: TypeAlias = "str | int | None"
"""What proposals have in common: a text, a person, or a place among the words for it (None: it is not known)."""

COSTLY: Final = 3
ALONE: Final = frozenset({Facet.PROFILE, Facet.MEMBER})
"""What says nothing while there is only one."""

KEYS: Final[Mapping[Facet, Callable[[CardGroup], Iterable[Key]]]] = {
    Facet.PROFILE: lambda card: (card.profile or None,),
    Facet.MEMBER: lambda card: (card.member or card.by,),
    Facet.TAG: lambda card: card.tags or (None,),
    Facet.PRICE: lambda card: (bisect_right(BANDS[2:], card.base) if card.base else None,),
    Facet.AGE: lambda card: (None if card.age is None else bisect_right(AGES[1:], card.age),),
    Facet.BOOST: lambda card: (0 if card.boosted else 1,),
}
WORDS: Final[Mapping[Facet, Sequence[str]]] = {
    Facet.PRICE: tuple(PriceBand),
    Facet.AGE: tuple(JobAge),
    Facet.BOOST: tuple(Boost),
}
"""The words for what has an order of its own, in this order; the last of prices and ages is for what is not known."""


def selected(cards: Iterable[CardGroup], chosen: Selection) -> tuple[CardGroup, ...]:
    """The cards that were chosen."""
    tests = list(_tests(chosen))
    return tuple(card for card in cards if all(test(card) for test in tests))


def _tests(chosen: Selection) -> Iterable[Callable[[CardGroup], bool]]:
    if chosen.profile is not None:
        profile = folded(chosen.profile)
        yield lambda card: folded(card.profile) == profile
    if chosen.tag is not None:
        tag = folded(chosen.tag)
        yield lambda card: tag in card.tags if tag else not card.tags
    if chosen.member == "":
        yield lambda card: not card.member and card.by is None
    elif chosen.member is not None or chosen.by is not None:
        member = folded(chosen.member or "")
        people = () if chosen.by is None else (chosen.by,)
        yield lambda card: is_by(card, people, member)
    for facet, word in ((Facet.PRICE, chosen.price), (Facet.AGE, chosen.age), (Facet.BOOST, chosen.boost)):
        if word is not None:
            yield _has(facet, word)


def _has(facet: Facet, word: str) -> Callable[[CardGroup], bool]:
    keys = [key for key in (*range(len(WORDS[facet])), None) if _word(facet, key) == word]
    return lambda card: any(key in keys for key in KEYS[facet](card))


def _word(facet: Facet, key: Key) -> str:
    """The name of a segment; empty for a person, and for what is not known."""
    if facet in WORDS:
        return WORDS[facet][key if isinstance(key, int) else -1]
    return key if isinstance(key, str) else ""


def _segment(facet: Facet, key: Key, sample: Sample, yardsticks: Yardsticks) -> Segment:
    by = PersonId(key) if facet is Facet.MEMBER and isinstance(key, int) else None
    return Segment(facet, _word(facet, key), funnel_of(sample, yardsticks), by)


def segments_of(sample: Sample, facet: Facet, yardsticks: Yardsticks) -> tuple[Segment, ...]:
    """The segments of proposals, in their own order, or those with the most proposals first."""
    found = [_segment(facet, key, group, yardsticks) for key, group in grouped(sample, facet).items()]
    order = WORDS.get(facet, ())
    return tuple(sorted(found, key=lambda one: (order.index(one.name) if order else 0, *_by_size(one))))


def _by_size(segment: Segment) -> tuple[object, ...]:
    funnel = segment.funnel
    return -funnel.proposals, -funnel.waiting, segment.name, segment.by or 0


def grouped(sample: Sample, facet: Facet) -> Mapping[Key, Sample]:
    """Proposals by what they have in common. One with several tags is in several groups."""
    keys = KEYS[facet]
    counted: defaultdict[Key, list[Case]] = defaultdict(list)
    waiting: defaultdict[Key, list[Case]] = defaultdict(list)
    for cases, groups in ((sample.counted, counted), (sample.waiting, waiting)):
        for case in cases:
            for key in keys(case.card):
                groups[key].append(case)
    return {key: Sample(counted[key], waiting[key]) for key in {**counted, **waiting}}


def costly_of(sample: Sample, facets: Iterable[Facet]) -> tuple[Segment, ...]:
    """The segments that cost most Connects without a hire. A group that has all of the proposals is none of them."""
    found = [
        (-sum(case.connects for case in group.counted), place, facet, key, group)
        for place, facet in enumerate(facets)
        for key, group in _told_apart(sample, facet)
        if len(group.counted) < len(sample.counted) and not _has_hire(group)
    ]
    dear = sorted((one for one in found if one[0] < 0), key=lambda one: (*one[:2], str(one[3])))
    return tuple(_segment(facet, key, group, {}) for _, _, facet, key, group in dear[:COSTLY])


def _told_apart(sample: Sample, facet: Facet) -> Sequence[tuple[Key, Sample]]:
    """The groups that are known: one profile or member alone is everything that is known of it."""
    known = [(key, group) for key, group in grouped(sample, facet).items() if key is not None]
    return () if facet in ALONE and len(known) == 1 else known


def _has_hire(sample: Sample) -> bool:
    return any(case.traits.reached == HIRE for case in sample.counted)


def contrast_in(sample: Sample) -> Contrast:
    """The replies of boosted proposals beside those of plain ones."""
    boosted = [case for case in sample.counted if case.card.boosted]
    plain = [case for case in sample.counted if not case.card.boosted]
    return contrast_of(replies_in(boosted), replies_in(plain))


def contrast_of(boosted: Rate, plain: Rate) -> Contrast:
    """Two rates beside each other, and how many more it takes to tell them apart."""
    found = Contrast(boosted, plain, newcombe(*boosted, *plain), None)
    if found.significant or not boosted.of or not plain.of or boosted.share == plain.share:
        return found
    each = max(needed(boosted.share, plain.share), ENOUGH)
    more = max(each - boosted.of, 0), max(each - plain.of, 0)
    return found._replace(more=more if any(more) else None)


def names_of(cards: Iterable[CardGroup]) -> Names:
    """What can be chosen among cards, the most frequent first."""
    bids = list(filter(is_bid, cards))
    people = _counted((card, card.by) for card in bids if not card.member and card.by is not None)
    return Names(
        profiles=_frequent((card, card.profile) for card in bids),
        members=_frequent((card, card.member) for card in bids),
        people=tuple(person for person, _ in people.most_common()),
        tags=_frequent((card, tag) for card in bids for tag in card.tags),
    )


def _frequent(names: Iterable[tuple[CardGroup, str]]) -> tuple[str, ...]:
    counts = _counted(names)
    return tuple(sorted(filter(None, counts), key=lambda name: (-counts[name], name)))


def _counted(names: Iterable[tuple[CardGroup, T]]) -> Counter[T]:
    counts: Counter[T] = Counter()
    for card, name in names:
        counts[name] += card.number
    return counts
