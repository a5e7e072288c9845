"""What every store promises of the cards of proposals: they are those that follow from the books."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from core.ledger import rules
from core.ledger.model import Receipt
from core.ledger.requests import Request, Spend
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.model import Filter, Shown
from core.proposals.service import Proposals
from core.shared.refusals import AlreadyDone, KeyReused, RefusedError, Unknown
from tests.storage.importing import Seen, import_rows
from tests.storage.teller import BOOK, proven

if TYPE_CHECKING:
    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Snapshot
    from core.proposals.model import Proposal
    from core.shared.refusals import Refusal
    from tests.storage.teller import Teller

JOB = "~021234567890123456789"
EVERY = Filter()
MANY_BIDS = 300
"""More than are stored in one transaction."""
SENT, HIRED, REPLIED = ProposalState.SENT, ProposalState.HIRED, ProposalState.REPLIED


def of(teller: Teller) -> Proposals:
    return Proposals(teller.store, BOOK, teller.clock)


async def bid(teller: Teller, memo: str, connects: int = 8, job: str = "") -> int:
    receipt = await teller.spend(connects, memo=memo, job=job)
    assert isinstance(receipt, Receipt)
    return receipt.entry.number


def request(teller: Teller, key: str) -> Request:
    return Request(teller.wallet, key, teller.person)


async def refs(teller: Teller, which: Filter = EVERY, *, skip: int = 0, limit: int = 100) -> list[str]:
    return [card.ref for card in (await of(teller).page(teller.wallet, which, skip=skip, limit=limit)).proposals]


async def test_a_bid_is_a_card_and_any_of_its_entries_names_it(teller: Teller) -> None:
    await teller.welcome()
    number = await bid(teller, "Logo", job=JOB)
    await teller.give_back(number, 3)
    card = await of(teller).find(teller.wallet, f"#{number}")
    assert card is not None
    assert (card.ref, card.title, card.job, card.base, card.back) == (str(number), "Logo", JOB, 8, 3)
    assert await of(teller).find(teller.wallet, str(number + 1)) == card
    assert await of(teller).of_entries(teller.wallet, [1, number, number + 1]) == {number: card, number + 1: card}
    assert await of(teller).on_job(teller.wallet, JOB) == (card,)


async def test_what_is_no_name_finds_nothing(teller: Teller) -> None:
    await teller.welcome()
    for name in ("", "x", "1", "99", "1-1", "0", "9" * 30):
        assert await of(teller).find(teller.wallet, name) is None
    assert await of(teller).on_job(teller.wallet, "") == ()


async def test_readers_at_once_all_read_the_same(teller: Teller) -> None:
    await teller.reward(MANY_BIDS + 8)
    for start in range(0, MANY_BIDS, 100):
        spends = [Spend(1, memo=f"Job {start + number}") for number in range(100)]
        await teller.carry(partial(_spend_all, spends))
    found = await asyncio.gather(*(of(teller).every(teller.wallet) for _ in range(3)))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == MANY_BIDS
    await bid(teller, "Job 7")
    found = await asyncio.gather(*(of(teller).titled(teller.wallet, "job 7", 2) for _ in range(3)))
    assert found[0] == found[1] == found[2]


def _spend_all(spends: list[Spend], before: Snapshot, intent: Intent) -> Change | Refusal:
    return rules.spend_all(before, intent, spends, BOOK)


class TestList:
    async def test_newest_first_and_in_pages(self, teller: Teller) -> None:
        await teller.reward(100)
        for number in range(7):
            teller.clock.at += timedelta(minutes=1)
            await bid(teller, f"Job {number}", 2)
        assert await refs(teller) == ["8", "7", "6", "5", "4", "3", "2"]
        assert await refs(teller, skip=3, limit=2) == ["5", "4"]
        listed = await of(teller).page(teller.wallet, Filter(), skip=5, limit=5)
        assert (len(listed.proposals), listed.total) == (2, 7)

    async def test_all_of_them_in_pages_by_name(self, teller: Teller) -> None:
        await teller.reward(100)
        for number in range(10):
            await bid(teller, f"Job {number}", 2)
        pages = [[card.ref for card in page] async for page in of(teller).pages(teller.wallet, 4)]
        assert pages == [["2", "3", "4", "5"], ["6", "7", "8", "9"], ["10", "11"]]

    async def test_by_words_in_any_order_and_case(self, teller: Teller) -> None:
        await teller.reward(100)
        for title in ("A logo for our Café", "Landing page", "Page with a LOGO 100%"):
            await bid(teller, title, 2)
        assert await refs(teller, Filter(words="logo page")) == ["4"]
        assert await refs(teller, Filter(words="CAFÉ logo")) == ["2"]
        assert await refs(teller, Filter(words="100%")) == ["4"]
        assert await refs(teller, Filter(words="%")) == ["4"]
        assert [card.ref for card in await of(teller).titled(teller.wallet, "page", 1)] == ["4"]

    async def test_by_person_and_by_day_in_the_wallets_zone(self, teller: Teller) -> None:
        await teller.reward(100)
        day = teller.clock.at.date()
        first = await bid(teller, "One", 2)
        teller.clock.at += timedelta(days=1)
        second = await bid(teller, "Two", 2)
        assert await refs(teller, Filter(last=day)) == [str(first)]
        assert await refs(teller, Filter(first=day + timedelta(days=1))) == [str(second)]
        assert await refs(teller, Filter(by=teller.person)) == [str(second), str(first)]
        assert await refs(teller, Filter(by=type(teller.person)(teller.person + 1))) == []
        assert await refs(teller, Filter(member="Ivo")) == []
        assert await refs(teller, Filter(by=teller.person, member="Ivo")) == [str(second), str(first)]

    async def test_by_the_name_or_first_name_that_a_page_gives(self, teller: Teller) -> None:
        members = ("Ivo Sample", "Ivona Sample", "Zo\u00eb_% Fiction")
        await import_rows(teller, Seen(20), *(Seen(-2, f"Job {name}", member=name) for name in members))
        for name, found in (("ivo", 1), ("IVO sample", 1), ("Sample", 0), ("zo\u00eb_%", 1), ("_vo", 0)):
            assert len(await refs(teller, Filter(member=name))) == found, name
        own = await bid(teller, "Own", 2)
        assert str(own) in await refs(teller, Filter(by=teller.person, member="ivo"))

    async def test_by_state_with_counts(self, teller: Teller) -> None:
        await teller.reward(100)
        old, hired, lost = [await bid(teller, title, 2) for title in ("Old", "Hired", "Lost")]
        teller.clock.at += timedelta(days=15)
        new = await bid(teller, "New", 2)
        for number, state in ((hired, HIRED), (lost, ProposalState.DECLINED)):
            await of(teller).tell(request(teller, f"tell {number}"), ProposalSighting(1, state, number=number))
        listed = await of(teller).page(teller.wallet, Filter(Shown.UNANSWERED))
        assert [card.ref for card in listed.proposals] == [str(old)]
        assert listed.total == 1
        assert {shown.value: number for shown, number in listed.counts.items() if number} == {
            "all": 4, "open": 1, "unanswered": 1, "answered": 1, "hired": 1, "ended": 1,
        }  # fmt: skip
        assert await refs(teller, Filter(Shown.OPEN)) == [str(new)]
        assert await refs(teller, Filter(Shown.ENDED, words="lost")) == [str(lost)]
        assert [card.ref for card in await of(teller).stale(teller.wallet, teller.clock.at, 5)] == [str(old)]
        assert len(await of(teller).every(teller.wallet)) == 4


class TestTelling:
    async def test_what_is_told_shows_and_can_be_taken_back(self, teller: Teller) -> None:
        await teller.welcome()
        number = await bid(teller, "Logo")
        service, said = of(teller), ProposalSighting(1, HIRED, number=number)
        told = await service.tell(request(teller, "press"), said)
        assert not told.replayed
        assert _state(told.proposal) is HIRED
        again = await service.tell(request(teller, "press"), said)
        assert again.replayed
        assert again.batch == told.batch
        undone = await service.take_back(request(teller, "undo"), told.batch.number)
        assert not undone.replayed
        assert _state(undone.proposal) is SENT
        assert (await service.take_back(request(teller, "undo"), told.batch.number)).replayed
        assert (await proven(teller.store)).fault is None

    async def test_another_request_under_its_key_is_refused(self, teller: Teller) -> None:
        await teller.welcome()
        number = await bid(teller, "Logo")
        told = await of(teller).tell(request(teller, "press"), ProposalSighting(1, HIRED, number=number))
        with pytest.raises(RefusedError) as refused:
            await of(teller).tell(request(teller, "press"), ProposalSighting(1, REPLIED, number=number))
        assert refused.value.refusal == KeyReused("press")
        with pytest.raises(RefusedError) as refused:
            await of(teller).take_back(request(teller, "press"), told.batch.number)
        assert refused.value.refusal == KeyReused("press")

    async def test_only_what_was_told_and_stands_is_taken_back(self, teller: Teller) -> None:
        await teller.welcome()
        number = await bid(teller, "Logo")
        told = await of(teller).tell(request(teller, "press"), ProposalSighting(1, HIRED, number=number))
        with pytest.raises(RefusedError) as refused:
            await of(teller).take_back(request(teller, "other"), 7)
        assert refused.value.refusal == Unknown("import", "7")
        await of(teller).take_back(request(teller, "undo"), told.batch.number)
        with pytest.raises(RefusedError) as refused:
            await of(teller).take_back(request(teller, "again"), told.batch.number)
        assert refused.value.refusal == AlreadyDone("import", 2)

    async def test_it_is_never_dated_before_the_import_before_it(self, teller: Teller) -> None:
        await teller.welcome()
        number = await bid(teller, "Logo")
        teller.clock.at += timedelta(minutes=1)
        first = await of(teller).tell(request(teller, "one"), ProposalSighting(1, REPLIED, number=number))
        teller.clock.at -= timedelta(seconds=30)
        second = await of(teller).tell(request(teller, "two"), ProposalSighting(1, HIRED, number=number))
        assert second.batch.at == first.batch.at


def _state(card: Proposal | None) -> ProposalState | None:
    return None if card is None else card.stage
