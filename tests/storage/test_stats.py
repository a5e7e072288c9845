"""What every store promises of figures: the short cards say what the cards say, tags and profiles included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.ledger.model import Receipt
from core.ledger.requests import Request
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.card_groups import group_of, grouped
from core.proposals.service import Proposals
from core.stats.model import Facet, Rate, Selection, Step
from core.stats.service import Stats
from tests.storage.teller import BOOK

if TYPE_CHECKING:
    from tests.storage.teller import Teller

S = ProposalState
FAR = datetime(2100, 1, 1, tzinfo=UTC)


async def test_figures_are_those_of_the_cards(teller: Teller) -> None:
    proposals = Proposals(teller.store, BOOK, teller.clock)
    stats = Stats(teller.store, BOOK, teller.clock)
    await teller.reward(100)
    numbers = []
    for title in ("Logo", "Site", "Icons"):
        teller.clock.at += timedelta(days=1)
        receipt = await teller.spend(8, memo=title, job="~022010000000000000000" if title == "Logo" else "")
        assert isinstance(receipt, Receipt)
        numbers.append(receipt.entry.number)
    request = Request(teller.wallet, "tags", teller.person)
    told = await proposals.tell(
        request, ProposalSighting(1, S.HIRED, number=numbers[0], tags=("design", "r\u00e9sum\u00e9"))
    )
    reply = ProposalSighting(1, S.REPLIED, number=numbers[1], profile="Web")
    await proposals.tell(Request(teller.wallet, "reply", teller.person), reply)
    every = await proposals.every(teller.wallet)
    assert [(card.tags, card.profile, card.stage) for card in every] == [
        ((), "", S.SENT),
        ((), "Web", S.REPLIED),
        (("design", "r\u00e9sum\u00e9"), "", S.SENT),
    ]
    edges = (every[2].sent, every[1].sent, FAR)
    found = await teller.store.proposals.groups(teller.wallet, edges)
    assert set(found) == set(grouped(map(group_of, every), edges))
    assert sorted(card.sent for card in found) == [edges[0], edges[1], edges[1]]

    teller.clock.at += timedelta(days=14)
    figures = await stats.statistics(teller.wallet, None, Selection(facet=Facet.TAG))
    assert figures.funnel.at(Step.REPLY).rate == Rate(1, 3)
    assert [(one.name, one.funnel.proposals) for one in figures.segments] == [
        ("", 2),
        ("design", 1),
        ("r\u00e9sum\u00e9", 1),
    ]
    assert sum(figures.flows.spent.values()) == figures.funnel.expense.connects == 24

    teller.clock.at += timedelta(days=31)
    (month,) = await stats.months(teller.wallet, None, Selection())
    assert (month.first, month.replies) == (every[0].sent.date().replace(day=1), Rate(1, 3))

    await proposals.take_back(Request(teller.wallet, "undo", teller.person), told.batch.number)
    assert (await stats.statistics(teller.wallet, None, Selection())).names.tags == ()
