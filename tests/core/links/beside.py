"""What must hold of two accounts in one wallet, whatever happened in both before: nothing but the place is another."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from core.ledger.past.issuing import Changes
from core.ledger.past.proof import flaw_in_past
from core.ledger.past.standing import Standing
from core.ledger.past.timeline import past_of
from core.ledger.queries import available
from core.ledger.sightings import BatchKind, standing
from core.links.model import Accounts, BooksState, Link, LinkedBooks
from core.links.preview import LinkPreview, Side
from core.links.steps import BooksPlan, LinkAction, ShownPlan
from core.links.two_accounts import plan_two_accounts
from core.links.undoing import plan_undo
from core.shared.ids import LinkId, PersonId
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import datetime

    from core.ledger.model import Lot
    from core.ledger.past.timeline import Past
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook

KEPT, MERGED = PersonId(1), PersonId(2)
ASKED = LinkPreview(Side(KEPT), Side(MERGED), Accounts.TWO, "")


def linked(kept: Record, merged: Record, at: datetime, rulebook: Rulebook) -> ShownPlan:
    """Two accounts put side by side, which is proven."""
    done = plan_two_accounts(kept, merged, _act("link", at), rulebook, asked=ASKED)
    moment = done.kept.batches[-1].at
    there, here = _numbers(kept), range(kept.head.entries + 1, done.kept.head.entries + 1)
    balances = [available(record.head.lots, moment) for record in (kept, merged)]
    assert available(done.kept.head.lots, moment) == sum(balances)
    assert done.merged.head.balance == 0
    assert_same(told(done.kept, moment, rulebook, there), told(kept, moment, rulebook))
    assert_same(told(done.kept, moment, rulebook, here), told(merged, moment, rulebook))
    assert_same(lots(done.kept, moment, rulebook), lots(kept, moment, rulebook) + lots(merged, moment, rulebook))
    assert standing(done.kept.batches)[-1].kind is BatchKind.BESIDE
    prove(done.kept)
    return done


def unlinked(kept: Record, merged: Record, done: ShownPlan, at: datetime, rulebook: Rulebook) -> BooksPlan:
    """The same taken back: both are as they were, but for what has expired since then."""
    undone = plan_undo(done.kept, done.merged, link_between(kept, merged, done), _act("unlink", at), rulebook)
    moment = undone.kept.batches[-1].at
    for before, after in ((kept, undone.kept), (merged, undone.merged)):
        assert_same(told(after, moment, rulebook), told(before, moment, rulebook))
        assert_same(lots(after, moment, rulebook), lots(before, moment, rulebook))
        assert available(after.head.lots, moment) == available(before.head.lots, moment)
        assert standing(after.batches) == standing(before.batches)
        prove(after)
    return undone


def link_between(kept: Record, merged: Record, done: BooksPlan) -> Link:
    here, there = (
        LinkedBooks(before.head.wallet, _moved(before), _moved(after))
        for before, after in ((kept, done.kept), (merged, done.merged))
    )
    at = done.kept.batches[-1].at
    return Link(LinkId(1), at, "link", Accounts.TWO, KEPT, MERGED, (MERGED,), here, there)


def assert_same(found: Counter[object], expected: Counter[object]) -> None:
    assert found == expected, f"{found - expected} instead of {expected - found}"


def prove(record: Record) -> None:
    flaw = flaw_in_past(record, record.head.at) if record.head.at is not None else None
    assert flaw is None, flaw


def told(record: Record, at: datetime, rulebook: Rulebook, numbers: Container[int] | None = None) -> Counter[object]:
    """What each draw and each return moves, on which lots and at what cost, as it happened (`lots` are the others).

    Books in which nothing is dated are not restated yet after an undo. What they have by then is what they will have.
    """
    replayed = _past(record, rulebook).replay(at, rulebook)
    known = {lot.number: lot for lot in record.head.lots} | replayed.lots
    found: Counter[object] = Counter()
    for one, legs in replayed.legs.items():
        entry = one.entry
        if one.lot is None and entry is not None and (numbers is None or entry.number in numbers):
            where = frozenset((_name(known[lot]), account, amount) for (lot, account), amount in legs.items())
            found[entry.when, entry.kind, entry.memo, entry.job, entry.by, where] += 1
    return found


def lots(record: Record, at: datetime, rulebook: Rulebook) -> Counter[object]:
    """The lots, as they are once all has expired that has expired by then."""
    found: Counter[object] = Counter()
    for lot in _past(record, rulebook).replay(at, rulebook).lots.values():
        if lot.size:
            found[_name(lot), lot.left, lot.worth if lot.left and lot.cost_state is not CostState.FREE else None] += 1
    return found


def _past(record: Record, rulebook: Rulebook) -> Past:
    return past_of(record, rulebook, Changes(lifted=Standing(record.entries).lifted))


def _name(lot: Lot) -> object:
    """A lot, whatever its number; one without a price costs as little as one with a price of 0."""
    return lot.issued, lot.expires, lot.size, None if lot.cost_state is CostState.FREE else lot.price


def _act(key: str, at: datetime) -> LinkAction:
    numbers = count(1)
    return LinkAction(key, "body", at, KEPT, lambda: f"{next(numbers):032x}")


def _numbers(record: Record) -> range:
    return range(1, record.head.entries + 1)


def _moved(record: Record) -> BooksState:
    return BooksState(record.head.entries, len(record.batches), record.head.balance)
