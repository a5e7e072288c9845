"""What must hold of the proposals of every account, however its pages arrive."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from core.ledger.model import Purpose, expense_on
from core.ledger.past.standing import Standing
from core.ledger.sightings import ProposalState
from core.proposals.deriving import Facts, derive
from core.proposals.model import ENDS, STAGES
from core.proposals.refs import order_of
from core.proposals.service import Proposals
from core.shared.money import UNKNOWN, CostState
from storage import open_store
from tests.imports.accounts import account
from tests.imports.invariants import pieces
from tests.imports.keeper import keeper
from tests.imports.windows import FORMS, SAVED, page, window
from tests.proposals.deriving import cards_of, look
from tests.proposals.my_proposals import batch, fates, shown
from tests.proposals.truth import as_text, of_account, of_cards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.imports.model import Page
    from core.ledger.ports import Record
    from core.proposals.model import Proposal
    from core.store import Store
    from tests.imports.accounts import Account
    from tests.proposals.my_proposals import Fate

PAGES = 6


async def check_costs(seed: int, days: tuple[int, ...], store: Store | None = None) -> None:
    """Import an account in pieces, in two orders, then whole and with all jobs; and take that back.

    The cards are those that the store reads (None: one in memory).
    """
    dice = Random(seed)  # noqa: S311 - an account from a seed is wanted, not a secret
    lived = account(seed, days=dice.choice(days))
    known = of_account(lived)
    given = pieces(lived, dice)
    dice.shuffle(given)
    whole = page(window(lived, lived.last, days=10_000), SAVED)
    async with nullcontext(store) if store else open_store("memory://") as books:
        ann = await keeper(books, lived.last + timedelta(hours=1))
        service = Proposals(books, ann.books.rulebook, ann.clock)
        for one in given:
            await ann.take(one)
        before = await service.every(ann.wallet)
        clear = of_cards(card for card in before if not card.unclear)
        assert not as_text(clear) - as_text(known), "a card says something that is not so"
        _, booked = await ann.take(whole)
        after = await service.every(ann.wallet)
        assert of_cards(after) == known, "a page with all jobs leaves something open"
        assert sum_of(after) == spent(await ann.record()), "the cards do not add up to what was spent"
        assert sorted(after, key=order_of, reverse=True) == [*after], "lists have another order than the cards"
        if booked is not None:
            await ann.undo(booked.batch.number)
            assert look(await service.every(ann.wallet)) == look(before), "the undo leaves other cards than there were"
    other = cards_of(await _imported(lived, [whole, *given[::-1]]))
    assert look(other) == look(after), "the order of the pages shows in the cards"


def sum_of(cards: Sequence[Proposal]) -> Counter[object]:
    """What all cards cost: Connects by what is known of their cost, and money by currency."""
    total: Counter[object] = Counter()
    for card in cards:
        total += Counter({CostState.FREE: card.net.free, CostState.PAID: card.net.paid})
        total += Counter({CostState.UNKNOWN: card.net.unknown})
        total += Counter({price.currency: price.total for price in card.net.money})
    return total


def spent(record: Record) -> Counter[object]:
    """What stands in the books as spent on bids and boosts, and did not come back, in the same terms."""
    standing, lots = Standing(record.entries), {lot.number: lot for lot in record.head.lots}
    total: Counter[object] = Counter()
    for legs in standing.legs.values():
        for (lot, beyond), amount in legs.items():
            if beyond in {expense_on(Purpose.PROPOSAL), expense_on(Purpose.BOOST)}:
                total[lots[lot].cost_state] -= amount.connects
                total[(lots[lot].price or UNKNOWN).currency] -= amount.net + amount.tax
    return +total


async def check_states(seed: int, days: tuple[int, ...]) -> None:
    """Show "My proposals" now and then, in any order: each proposal is as far as the newest page says."""
    dice = Random(seed)  # noqa: S311 - an account from a seed is wanted, not a secret
    lived = account(seed, days=dice.choice(days))
    given = fates(lived)
    record = await _imported(lived, [page(window(lived, lived.last, days=10_000), dice.choice(FORMS))])
    length = lived.last - lived.first
    moments = sorted(lived.first + length * dice.random() for _ in range(PAGES))
    order = list(range(PAGES))
    cards = _seen(record, given, moments, order)
    known: Counter[object] = Counter(
        _known(fate, moments, lived.last) for fate in given if fate.job or fate.sent <= moments[-1]
    )
    said: Counter[object] = Counter(
        (card.title, card.sent.date(), card.stage, card.end) for card in cards if not card.unclear
    )
    assert not said - known, "a card says something that is not so"
    assert len(cards) == known.total(), "a proposal has two cards, or none"
    dice.shuffle(order)
    assert look(_seen(record, given, moments, order)) == look(cards), "the order of the pages shows in the cards"


def _seen(
    record: Record, given: tuple[Fate, ...], moments: Sequence[datetime], order: Sequence[int]
) -> tuple[Proposal, ...]:
    """The cards after pages of these moments, imported in this order. Every second one is a saved page."""
    first = len(record.batches) + 1
    more = [
        batch(record.head.wallet, first + place, moments[at], shown(given, moments[at], saved=at % 2 > 0))
        for place, at in enumerate(order)
    ]
    return cards_of(record, *more)


def _known(fate: Fate, moments: Sequence[datetime], last: datetime) -> tuple[object, ...]:
    """How far a proposal is by what the pages showed of it, and by the rows that gave its Connects back."""
    seen = [fate.state(at) for at in moments if fate.sent <= at]
    start = ProposalState.SENT if fate.job or ProposalState.INVITED not in seen else ProposalState.INVITED
    stage = max((state for state in seen if state in STAGES), key=STAGES.index, default=start)
    end = seen[-1] if seen and seen[-1] in ENDS else None
    if fate.job and fate.state(last) is ProposalState.CLOSED:
        end = ProposalState.CLOSED
    return fate.title, fate.sent.date(), stage, None if stage is ProposalState.HIRED else end


async def check_clusters(seed: int, days: tuple[int, ...]) -> None:
    """Derive the proposals of some titles from what concerns them only: no other proposal has a say in it."""
    dice = Random(seed)  # noqa: S311 - an account from a seed is wanted, not a secret
    lived = account(seed, days=dice.choice(days))
    record = await _imported(lived, pieces(lived, dice))
    seen = batch(record.head.wallet, len(record.batches) + 1, lived.last, shown(fates(lived), lived.last, saved=False))
    every = cards_of(record, seen)
    titles = {title for title in sorted({card.title for card in every}) if dice.random() < 0.3}
    some = [entry for entry in record.entries if entry.memo in titles]
    numbers = {entry.number for entry in some}
    some += [entry for entry in record.entries if entry.number not in numbers and entry.of in numbers]
    numbers = {entry.number for entry in some}
    batches = [
        one._replace(
            sightings=tuple(row for row in one.sightings if row.number in numbers),
            proposals=tuple(line for line in one.proposals if line.title in titles),
        )
        for one in (*record.batches, seen)
    ]
    part = derive(Facts(sorted(some, key=lambda entry: entry.number), batches))
    assert part == tuple(card for card in every if card.title in titles)


async def _imported(lived: Account, given: Sequence[Page]) -> Record:
    async with open_store("memory://") as store:
        ann = await keeper(store, lived.last + timedelta(hours=1))
        for one in given:
            await ann.take(one)
        return await ann.record()
