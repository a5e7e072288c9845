"""The ledger's nouns reject impossible values, and job links are read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.ledger.model import Account, Entry, Kind, Lot, Posting, Snapshot, Source, UnbalancedError
from core.shared.ids import WalletId
from core.shared.job_links import is_link, job_in, jobs_in
from core.shared.money import UNKNOWN, CostState, Price, state_of
from tests.core.freelancer import dollars

NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
HOME, OUT = Account("wallet:1"), Account("expense:proposal")
LOT = Lot(1, Source.PURCHASE, NOW, None, 60, 60, dollars(900), dollars(900))


def entry(*postings: Posting) -> Entry:
    return Entry(WalletId(1), 1, NOW, Kind.SPEND, postings, 0, "key", "body")


@pytest.mark.parametrize(
    ("postings", "words"),
    [
        ((), "an entry needs postings"),
        ((Posting(HOME, -5, 1), Posting(OUT, 4, 1)), "lot 1 is off by -1 Connects"),
        ((Posting(HOME, -5, 1), Posting(OUT, 5, 2)), "lot 1 is off by -5 Connects"),
        ((Posting(HOME, 5, 1), Posting(OUT, 5, 1)), "lot 1 is off by 10 Connects"),
        ((Posting(HOME, -5, 1, dollars(10)), Posting(OUT, 5, 1, dollars(10))), "lot 1 is off by 20 USD"),
        ((Posting(HOME, -5, 1, dollars(-9, 2)), Posting(OUT, 5, 1, dollars(9, 2))), "lot 1 is off by 4 USD tax"),
        ((Posting(HOME, -5, 1, dollars(-9)), Posting(OUT, 5, 1)), "lot 1 is off by -9 USD"),
        (
            (Posting(HOME, -5, 1), Posting(OUT, 5, 1), Posting(HOME, -2, 2), Posting(OUT, 1, 2)),
            "lot 2 is off by -1 Connects",
        ),
        ((Posting(HOME, -5, 1), Posting(OUT, 5, 1), Posting(OUT, 3, 1)), "lot 1 is off by 3 Connects"),
        ((Posting(HOME, -5, 1), Posting(OUT, 5, 1, dollars(9))), "lot 1 is off by 9 USD"),
        ((Posting(HOME, -5, 1, dollars(-10)), Posting(OUT, 5, 1, dollars(9))), "lot 1 is off by -1 USD"),
        ((Posting(HOME, -5, 1, dollars(-10, 2)), Posting(OUT, 5, 1, dollars(10))), "lot 1 is off by 2 USD tax"),
        (
            (Posting(HOME, -5, 1, dollars(-10)), Posting(OUT, 5, 1, Price(10, 0, "EUR"))),
            "lot 1 is off by -10 USD",
        ),
    ],
)
def test_an_entry_cannot_be_built_unbalanced(postings: tuple[Posting, ...], words: str) -> None:
    with pytest.raises(UnbalancedError, match=words):
        entry(*postings)


def test_a_balanced_entry_knows_its_delta() -> None:
    spend = entry(Posting(HOME, -5, 1), Posting(OUT, 5, 1))
    assert (spend.delta, spend.counterpart, len(spend.moves)) == (-5, OUT, 1)


def test_legs_need_not_come_in_pairs_to_be_balanced() -> None:
    assert len(entry(Posting(HOME, -5, 1), Posting(OUT, 2, 1), Posting(OUT, 3, 1)).postings) == 3


@pytest.mark.parametrize("connects", [-61, 1])
def test_a_lot_holds_between_nothing_and_its_size(connects: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        LOT.moved(connects, None)


def test_a_lot_gives_its_money_with_its_connects() -> None:
    assert LOT.cost_of(7) == dollars(105)
    assert LOT.moved(-60, dollars(-900)).worth == dollars(0)
    assert LOT.moved(-60, None).worth == dollars(900)
    free = LOT._replace(price=None, worth=None)
    assert (free.moved(-7, dollars(-9)).worth, free.moved(-7, None).price) == (None, None)


def test_prices_of_two_currencies_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="cannot add EUR to USD"):
        dollars(1) + Price(1, 0, "EUR")
    assert (dollars(5, 1) - dollars(3)).total == 3


@pytest.mark.parametrize(
    ("price", "state"),
    [
        (None, CostState.FREE),
        (dollars(0), CostState.FREE),
        (dollars(1), CostState.PAID),
        (dollars(0, 1), CostState.PAID),
        (UNKNOWN, CostState.UNKNOWN),
        (dollars(9).none, CostState.FREE),
        (-UNKNOWN, CostState.UNKNOWN),
    ],
)
def test_a_price_says_what_is_known_of_a_cost(price: Price | None, state: CostState) -> None:
    assert state_of(price) is state
    assert price is None or price.known is (state is not CostState.UNKNOWN)


def test_no_price_but_the_unknown_one_is_unknown() -> None:
    assert Price(0, 0, "XXX") == UNKNOWN
    assert dollars(5, 2) - dollars(3, 1) == dollars(2, 1)
    assert -dollars(5, 2) == dollars(-5, -2)
    assert dollars(7, 3).share(2, 3) == dollars(4, 2)


def test_a_snapshot_finds_its_entries() -> None:
    spend = entry(Posting(HOME, -5, 1), Posting(OUT, 5, 1))
    snapshot = Snapshot(WalletId(1), related=(spend,))
    assert (snapshot.find(1), snapshot.find(2)) == (spend, None)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.upwork.com/jobs/~021234567890123456789",
        "look: https://www.upwork.com/jobs/Logo-redesign_~021234567890123456789/?source=rss !",
        "https://www.upwork.com/freelance-jobs/apply/Logo-redesign_~021234567890123456789/",
        "https://www.upwork.com/nx/find-work/best-matches/details/~021234567890123456789?pageTitle=Job%20Details",
        "https://www.upwork.com/nx/jobs/details/%7E021234567890123456789",
        "https://www.upwork.com/ab/jobs/~021234567890123456789",
        "https://www.upwork.com/nx/proposals/job/~021234567890123456789/apply/",
        "https://www.upwork.com/ab/proposals/job/~021234567890123456789/apply/",
        "<https://www.upwork.com/nx/search/jobs/details/~021234567890123456789>",
        "HTTPS://Upwork.com/jobs/~021234567890123456789",
        "www.upwork.com/jobs/~021234567890123456789.",
        "~021234567890123456789",
    ],
)
def test_every_form_of_a_job_link_is_read(text: str) -> None:
    job = job_in(text)
    assert job is not None
    assert job.id == "~021234567890123456789"
    assert job.url == "https://www.upwork.com/jobs/~021234567890123456789"


def test_a_link_gives_the_title_and_when_the_job_was_posted() -> None:
    job = job_in("https://www.upwork.com/jobs/Build-an-AI%20agent_~022010000000000000000/")
    assert job is not None
    assert job.title == "Build an AI agent"
    assert job.posted == datetime(2026, 1, 10, 14, 45, 18, 651_000, tzinfo=UTC)


def test_an_older_id_does_not_say_when_the_job_was_posted() -> None:
    job = job_in("https://www.upwork.com/jobs/~01ab12cd34ef56ab78")
    assert job is not None
    assert job.posted is None


@pytest.mark.parametrize(
    "text",
    [
        "https://www.upwork.com/nx/proposals/1234567890123456789/",
        "https://www.upwork.com/freelancers/~01ab12cd34ef56ab78",
        "https://www.upwork.com/agencies/~021234567890123456789/",
        "https://www.upwork.com/?jobs/~021234567890123456789",
        "https://example.org/jobs/~021234567890123456789",
        "https://upwork.com.example.org/jobs/~021234567890123456789",
        "https://notupwork.com/jobs/~021234567890123456789",
        "https://example.org/upwork.com/jobs/~021234567890123456789",
        "https://example.org/?to=https://www.upwork.com/jobs/~021234567890123456789",
        "https://www.upwork.com@example.org/jobs/~021234567890123456789",
    ],
)
def test_a_link_to_anything_else_is_a_link_but_no_job(text: str) -> None:
    assert job_in(text) is None
    assert is_link(text)


def test_of_a_text_every_job_counts_once() -> None:
    logo, poster, bare = (
        "https://www.upwork.com/jobs/Logo_~021234567890123456789",
        "~021234567890123456780",
        "~01" + "a" * 16,
    )
    untitled = "upwork.com/jobs/~021234567890123456789"
    text = f"<{untitled}?source=x> [this]({logo}), https://www.upwork.com/jobs/{poster} {bare}; {logo} ~{7:030}"
    assert jobs_in(text) == (logo, f"https://www.upwork.com/jobs/{poster}", bare)
    assert jobs_in("Nothing: https://www.example.com/jobs/~021234567890123456789") == ()


@pytest.mark.parametrize("text", ["hello", "~0212345", "3.5", "about upwork.com"])
def test_other_text_is_neither(text: str) -> None:
    assert job_in(text) is None
    assert not is_link(text)
