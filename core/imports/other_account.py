"""Whether a drop looks like another account's. A false alarm costs one question, a miss mixes two accounts."""

from __future__ import annotations

from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, Final

from core.imports.matching import State
from core.imports.merging import is_badge
from core.imports.model import Doubt, OtherAccount
from core.imports.rows.badge import badge_day
from core.imports.rows.seen_days import known_days, row_of
from core.imports.rows.strays import days_within
from core.ledger.past.lineage import Lineage
from core.ledger.past.pools import beside_of
from core.ledger.sightings import BatchKind, standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.imports.matching import Verdict
    from core.imports.merging import Merged
    from core.imports.model import Row
    from core.ledger.ports import Record
    from core.ledger.sightings import Batch

ENOUGH: Final = 0.5
"""How much of the days that both cover two pages of one account have in common at least. It is nearly all of it."""


def other_account(merged: Merged, record: Record, verdicts: Sequence[Verdict]) -> OtherAccount | None:
    """Why the drop looks like another account's than the one that standing imports have seen (None: it does not).

    Books of two accounts have pages of both, which need not have anything in common.
    """
    batches = standing(record.batches, BatchKind.HISTORY)
    if not batches or beside_of(record.batches) is not None:
        return None
    if _has_other_members(merged, batches, verdicts):
        return OtherAccount.OTHER_MEMBERS
    common = _common(merged, record, batches, verdicts)
    if common is not None and common < ENOUGH:
        return OtherAccount.FEW_ROWS_IN_COMMON if common else OtherAccount.NO_ROW_IN_COMMON
    if _has_impossible_balance(merged, record, batches, verdicts):
        return OtherAccount.IMPOSSIBLE_BALANCE
    return None


def _has_other_members(merged: Merged, batches: Sequence[Batch], verdicts: Sequence[Verdict]) -> bool:
    known = {sighting.member for batch in batches for sighting in batch.sightings if sighting.member}
    named = {row.member for row in merged.rows if row.member}
    common = any(verdict.state is State.KNOWN for verdict in verdicts)
    return bool(known and named) and known.isdisjoint(named) and not common


def _common(merged: Merged, record: Record, batches: Sequence[Batch], verdicts: Sequence[Verdict]) -> float | None:
    """Of the days that both must have had whole, how much they have in common (None: nothing tells).

    It is measured against the smaller side, since a page may have been filtered. Only rows with a title tell something,
    if there are any: everybody has the same badges, monthly lots and purchases.
    """
    rows = [*zip(merged.rows, verdicts, strict=True)]
    facts = [fact.row for day in known_days(Lineage(record), {}).values() for fact in day.facts]
    spans = [(batch.first, batch.last) for batch in batches if batch.first and batch.last]
    covered = days_within((row.day for row in merged.rows), spans)
    missed = days_within((row.day for row in facts), merged.spans)
    shown = [row for row in merged.rows if row.day in covered]
    seen = [row for row in facts if row.day in missed]
    titled = any(row.title for row in (*shown, *seen))
    if not (titled or seen):
        return None
    met = [row for row, verdict in rows if verdict.state is State.KNOWN or verdict.why is Doubt.TAKEN_OUT]
    common = sum(bool(row.title) or not titled for row in met)
    sides = (sum(bool(row.title) or not titled for row in side) for side in (shown, seen))
    return common / max(1, min(sides))


def _has_impossible_balance(
    merged: Merged, record: Record, batches: Sequence[Batch], verdicts: Sequence[Verdict]
) -> bool:
    """Whether the rows since an earlier page's balance spend more than there was, or end below the new page's balance.

    Connects may expire without a row, but none come without one.
    """
    first, last = merged.spans[0] if merged.spans else (None, None)
    if not first or not last or merged.unread or any(verdict.why is Doubt.PLACED_TWICE for verdict in verdicts):
        return False
    anchors = [batch for batch in batches if batch.balance is not None and batch.last and first < batch.last <= last]
    anchor = max(anchors, key=_when, default=None)
    if anchor is None or anchor.balance is None or anchor.last is None:
        return False
    changes = _changes_since(anchor, anchor.last, Lineage(record), merged.rows, verdicts)
    if changes is None:
        return False
    balances = [*accumulate(changes, initial=anchor.balance)]
    return min(balances) < 0 or (merged.balance is not None and merged.balance > balances[-1])


def _changes_since(
    anchor: Batch, day: date, lineage: Lineage, rows: Sequence[Row], verdicts: Sequence[Verdict]
) -> list[int] | None:
    """How the balance changed since an import, oldest first (None: the drop is older). `day` is the import's last."""
    counted = {lineage.current(sighting.number) for sighting in anchor.sightings if sighting.day == day}
    of_day = [(row, verdict) for row, verdict in zip(rows, verdicts, strict=True) if row.day == day]
    saw = [row_of(sighting) for sighting in anchor.sightings if sighting.day == day]
    badges = {badge_day(row): row.connects for row in saw if is_badge(row)}
    shrunk = any(is_badge(row) and row.connects > badges.get(badge_day(row), 0) for row, _ in of_day)
    if shrunk or counted.difference(*({verdict.number, *verdict.entries} for verdict in verdicts)):
        return None
    single = [(row, verdict) for row, verdict in of_day if not is_badge(row)]
    since = [*takewhile(lambda one: counted.isdisjoint({one[1].number, *one[1].entries}), single)]
    seen = sum(not is_badge(row) for row in saw)
    since = since[: max(0, len(single) - seen)]  # of equal rows, another one may have been taken for the one it saw
    changes = [row.connects for row in rows if row.day > day]
    changes += [row.connects for row, _ in since] + [verdict.connects for row, verdict in of_day if is_badge(row)]
    return changes[::-1]


def _when(batch: Batch) -> tuple[date | None, int]:
    return batch.last, batch.number
