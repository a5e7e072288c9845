"""Proposals that have something in common, and what can be told of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from core.proposals.model import NetCost, ProposalKind
from core.shared.ids import PersonId
from core.stats.funnel import NONE
from core.stats.intervals import Interval
from core.stats.model import Boost, Contrast, Facet, JobAge, Names, PriceBand, Rate, Selection
from core.stats.segments import (
    contrast_in,
    contrast_of,
    costly_of,
    names_of,
    segments_of,
    selected,
)
from tests.core.stats.cards import BID, S, bid, bids, mixed, sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.proposals.card_groups import CardGroup
    from core.stats.model import Segment

HOUR, MOMENT = timedelta(hours=1), timedelta.resolution


def named(segments: tuple[Segment, ...]) -> list[tuple[str, int]]:
    return [(one.name, one.funnel.proposals) for one in segments]


def chosen_by(name: str, words: Iterable[str], card: CardGroup) -> list[tuple[CardGroup, ...]]:
    """What is chosen of a card by each of these words."""
    return [selected([card], Selection(**{name: word})) for word in words]  # type: ignore[arg-type] # one of its fields


def parts(cards: list[CardGroup], facet: Facet) -> list[tuple[str, int]]:
    return named(segments_of(sample(cards), facet, NONE))


@pytest.mark.parametrize(
    ("base", "band"),
    [(0, "unknown"), (1, "low"), (8, "low"), (9, "middle"), (16, "middle"), (17, "high"), (60, "high")],
)
def test_bands_of_prices(base: int, band: str) -> None:
    assert parts([bid(base=base)], Facet.PRICE) == [(band, 1)]
    assert [*map(bool, chosen_by("price", PriceBand, bid(base=base)))] == [one == band for one in PriceBand]


@pytest.mark.parametrize(
    ("age", "word"),
    [
        (None, "unknown"),
        (HOUR - MOMENT, "hour"),
        (HOUR, "hours"),
        (6 * HOUR - MOMENT, "hours"),
        (6 * HOUR, "day"),
        (24 * HOUR - MOMENT, "day"),
        (24 * HOUR, "days"),
    ],
)
def test_ages_of_jobs(age: timedelta | None, word: str) -> None:
    assert parts([bid(age=age)], Facet.AGE) == [(word, 1)]
    assert [*map(bool, chosen_by("age", JobAge, bid(age=age)))] == [one == word for one in JobAge]


def test_segments_with_an_order_of_their_own_keep_it() -> None:
    cards = mixed(bids(3, base=20), bids(1, base=4), bids(2, base=0))
    assert parts(cards, Facet.PRICE) == [("low", 1), ("high", 3), ("unknown", 2)]


def test_other_segments_come_by_their_size() -> None:
    cards = mixed(bids(1, profile="Art"), bids(3, profile="Web"), bids(2))
    assert parts(cards, Facet.PROFILE) == [("Web", 3), ("", 2), ("Art", 1)]


def test_a_proposal_with_several_tags_is_in_several_segments() -> None:
    assert parts([bid(tags=("logo", "rush")), bid(tags=("logo",)), bid()], Facet.TAG) == [
        ("logo", 2),
        ("", 1),
        ("rush", 1),
    ]


def test_a_member_is_called_as_pages_call_them_or_is_a_person_here() -> None:
    cards = [bid(member="Ann Lee"), bid(by=PersonId(2)), bid(by=PersonId(2))]
    found = segments_of(sample(cards), Facet.MEMBER, NONE)
    assert [(one.name, one.by) for one in found] == [("", PersonId(2)), ("Ann Lee", None)]


def test_segments_of_one_size_come_by_those_that_wait_and_then_by_their_members() -> None:
    cards = [bid(by=PersonId(3)), bid(by=PersonId(2)), bid(by=PersonId(4))]
    found = segments_of(sample(cards, [bid(by=PersonId(4))]), Facet.MEMBER, NONE)
    assert [one.by for one in found] == [4, 2, 3]


def test_a_segment_of_which_all_wait_is_named() -> None:
    (found,) = segments_of(sample([], [bid(tags=("logo",))]), Facet.TAG, NONE)
    assert (found.name, found.funnel.proposals, found.funnel.waiting) == ("logo", 0, 1)


@pytest.mark.parametrize(
    ("chosen", "fitting"),
    [
        ({}, 3),
        ({"profile": "web  DESIGN"}, 1),
        ({"profile": ""}, 2),
        ({"tag": "Logo"}, 1),
        ({"tag": ""}, 2),
        ({"member": "ann"}, 1),
        ({"member": "Ann Lee"}, 1),
        ({"member": "Lee"}, 0),
        ({"member": ""}, 1),
        ({"by": PersonId(1)}, 2),
        ({"by": PersonId(7), "member": "ann"}, 1),
        ({"price": PriceBand.HIGH}, 1),
        ({"age": JobAge.HOUR}, 1),
        ({"boost": Boost.BOOSTED}, 1),
        ({"boost": Boost.PLAIN, "tag": "logo"}, 0),
    ],
)
def test_what_is_chosen(chosen: dict[str, Any], fitting: int) -> None:
    cards = [
        bid(profile="Web Design", tags=("logo",), boosted=True),
        bid(member="Ann Lee", base=20),
        bid(by=None, age=MOMENT),
    ]
    assert len(selected(cards, Selection(**chosen))) == fitting


def test_whom_nobody_names_is_chosen_by_an_empty_name() -> None:
    unknown = bid(by=None)
    assert selected([bid(), bid(member="Ann Lee", by=None), unknown], Selection(member="")) == (unknown,)


def test_the_three_that_cost_most_without_a_hire() -> None:
    cards = mixed(
        bids(2, profile="A"),
        bids(3, profile="B"),
        bids(1, profile="C"),
        bids(4, profile="D"),
        bids(9, S.HIRED, profile="E"),
        bids(1, profile="F", net=NetCost()),
        bids(20),
    )
    found = costly_of(sample(cards), [Facet.PROFILE])
    assert [(one.name, one.funnel.expense.connects) for one in found] == [("D", 40), ("B", 30), ("A", 20)]


def test_one_profile_that_is_known_is_not_told_apart_from_the_others() -> None:
    cards = mixed(bids(5, profile="A"), bids(3))
    assert costly_of(sample(cards), [Facet.PROFILE]) == ()


def test_what_all_have_in_common_is_no_segment_that_cost_much() -> None:
    assert costly_of(sample(bids(5, profile="A", tags=("logo",))), Facet) == ()
    assert costly_of(sample([]), Facet) == ()


@pytest.mark.parametrize(
    ("boosted", "plain", "told", "more"),
    [
        ((8, 20), (4, 20), False, (62, 62)),
        ((8, 20), (40, 200), True, None),
        ((5, 20), (5, 20), False, None),
        ((0, 0), (5, 20), False, None),
        ((3, 20), (0, 0), False, None),
        ((0, 5), (0, 9), False, None),
        ((15, 100), (30, 100), True, None),
        ((3, 20), (60, 200), False, (101, 0)),
        ((3, 3), (0, 4), False, (17, 16)),
        ((19, 19), (0, 200), False, (1, 0)),
        ((60, 200), (3, 20), False, (0, 101)),
    ],
)
def test_boosted_beside_plain(
    boosted: tuple[int, int], plain: tuple[int, int], *, told: bool, more: tuple[int, int] | None
) -> None:
    found = contrast_of(Rate(*boosted), Rate(*plain))
    assert (found.significant, found.more) == (told, more)


def test_the_contrast_of_proposals() -> None:
    cards = mixed(bids(8, S.REPLIED, boosted=True), bids(12, boosted=True), bids(4, S.HIRED), bids(16))
    found = contrast_in(sample(cards, bids(7, S.REPLIED)))
    assert (found.boosted, found.plain) == (Rate(8, 20), Rate(4, 20))
    assert [round(100 * end) for end in found.difference] == [-8, 44]
    assert contrast_in(sample([])) == Contrast(Rate(0, 0), Rate(0, 0), Interval(-1, 1), None)


def test_what_can_be_chosen() -> None:
    cards = [
        bid(profile="Art", member="Ann Lee", by=PersonId(2), tags=("logo",)),
        bid(profile="Web", tags=("rush", "logo")),
        bid(profile="Web", by=None),
        BID._replace(kind=ProposalKind.INVITATION, profile="Other"),
    ]
    assert names_of(cards) == Names(("Web", "Art"), ("Ann Lee",), (PersonId(1),), ("logo", "rush"))
