"""The preview of an import: its figures, and what is asked about it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from core.imports.known import OPENED, moment_of
from core.imports.matching import State
from core.imports.model import Cause, KindSum, Opening, Parted, Preview, Recosted, RowKind, Unsure
from core.imports.other_account import other_account
from core.imports.planning import is_new
from core.imports.reconciling.parting import Comparison, parted
from core.ledger.entry_builder import add_months
from core.ledger.past.pins import pin_broken_by
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from core.imports.model import Answers, Row
    from core.imports.planning import Plan
    from core.imports.reconciling.openings import Supply
    from core.ledger.rulebook import Rulebook

EXAMPLES = 3


def preview_of(plan: Plan, asked: Answers, today: date, rulebook: Rulebook) -> Preview:
    """What a plan would book, in figures."""
    drop, reconciled, restated = plan.drop, plan.reconciled, plan.restated
    days = [row.day for row in drop.rows] or [drop.copied or today]
    before = plan.known.record.head.balance
    new = {row.position for row in plan.new}
    opening = next((one for one in reconciled.new_supplies if one.opening), None)
    shown = Preview(
        rows=drop.rows,
        first=min(days),
        last=max(days),
        kinds=_kinds(plan),
        new=len(new),
        known=sum(one.state is State.KNOWN for one in plan.verdicts),
        completed=sum(one.state is State.KNOWN and one.completes for one in plan.verdicts),
        unsure=tuple(_unsure(plan, asked)),
        before=before,
        after=before if restated is None else restated.balance,
        balance=drop.balance,
        parted=_parted(plan, asked, before if restated is None else restated.balance),
        opening=None if opening is None else _opening(opening, _replaced(plan), rulebook),
        ask_cost=opening is not None and _ask_cost(plan),
        gaps=tuple(_opening(one, 0, rulebook) for one in reconciled.new_supplies if not one.opening),
        recosted=_recosted(plan),
        expired=0 if restated is None else restated.expired,
        price_assumed=sum(row.connects for row in plan.new if row.kind is RowKind.PURCHASE),
        asked=_asked(plan, asked),
        members=_members(plan, asked),
        other_account=None if asked.own_account else other_account(drop, plan.known.record, plan.verdicts),
        change=plan.change,
        stamp="",
        unpins=None if plan.change is None else pin_broken_by(plan.known.record, plan.change),
        of_two=plan.known.of_two_accounts,
    )
    return shown._replace(stamp=_stamp(plan, shown))


def _kinds(plan: Plan) -> tuple[KindSum, ...]:
    rows: Counter[RowKind] = Counter(plan.kinds)
    connects: Counter[RowKind] = Counter()
    for kind, row in zip(plan.kinds, plan.drop.rows, strict=True):
        connects[kind] += row.connects
    return tuple(KindSum(kind, rows[kind], connects[kind]) for kind in RowKind if rows[kind])


def _unsure(plan: Plan, asked: Answers) -> Iterable[Unsure]:
    for position, (row, verdict) in enumerate(zip(plan.drop.rows, plan.verdicts, strict=True), 1):
        if verdict.state is State.UNSURE and verdict.why is not None and position not in asked.unsure:
            entries = (plan.known.record.entries[plan.known.current(number) - 1] for number in verdict.entries)
            yield Unsure(position, row, verdict.why, tuple(entries))


def _parted(plan: Plan, asked: Answers, after: int) -> Parted | None:
    """Where the books part from the page's balance, or else from that of the newest page (None: they do not)."""
    drop, derived = plan.drop, plan.reconciled.derived
    if drop.first is None or drop.last is None or not plan.reconciled.covers:
        return None
    cover = plan.reconciled.covers[-1]
    pages = [(anchor, by) for anchor, by in derived.parted if anchor.cover is not None]
    if by := next((by for anchor, by in pages if anchor.cover == cover), 0):
        left = [
            row
            for position, (row, verdict) in enumerate(zip(drop.rows, plan.verdicts, strict=True), 1)
            if verdict.state is State.UNSURE and not is_new(position, verdict, asked)
        ]
        page = Comparison(drop.rows, left, bool(drop.unread), drop.first, drop.last)
        return parted(plan.known, derived, page, by)
    missing = sum(plan.reconciled.unbooked.values())
    if missing and drop.balance not in {None, after}:
        numbers = sorted({plan.known.current(seen.number) for seen in plan.known.taken_out})
        return Parted(None, None, missing, Cause.TAKEN_OUT, tuple(numbers))
    if pages and pages[-1][1] and pages[-1][0].day > drop.last and drop.rows:
        page = Comparison((), (), unread=False, first=drop.last, last=pages[-1][0].day)
        return parted(plan.known, derived, page, pages[-1][1])._replace(older=drop.rows[0])
    return None


def _opening(supply: Supply, replaces: int, rulebook: Rulebook) -> Opening:
    months = rulebook.expiry_months
    expires = add_months(moment_of(supply.day), months) if months and supply.connects > 0 else None
    return Opening(supply.connects, supply.day, expires, replaces)


def _replaced(plan: Plan) -> int:
    """The Connects of the opening, or the welcome, in whose place the new opening comes."""
    gone = [plan.known.record.entries[number - 1] for number in plan.reconciled.withdrawn]
    openings = [entry for entry in gone if entry.counterpart == OPENED]
    if not openings:
        return plan.reconciled.start.replaced if plan.reconciled.lifted else 0
    first = min(entry.when for entry in openings)
    return sum(entry.delta for entry in openings if entry.when == first)


def _ask_cost(plan: Plan) -> bool:
    """Whether the opening's cost is to be asked: nobody was asked for it before."""
    known = plan.known
    typed = (known.entries[number] for number in plan.reconciled.lifted)
    stated = any(beyond.account == OPENED for entry in typed for _, beyond in entry.moves)
    return plan.answers.cost is None and not stated and not any(entry.delta > 0 for entry in known.derived)


def _recosted(plan: Plan) -> Recosted:
    changes = () if plan.restated is None else plan.restated.recosted
    by: defaultdict[str, Price] = defaultdict(lambda: Price(0, 0, ""))
    for _, was, cost in changes:
        for price, sign in ((was, -1), (cost, 1)):
            if price is not None:
                total = by[price.currency]
                by[price.currency] = Price(total.net + sign * price.net, total.tax + sign * price.tax, price.currency)
    return Recosted(len(changes), tuple(by.values()))


def _asked(plan: Plan, asked: Answers) -> Mapping[str, tuple[Row, ...]]:
    """The wordings that nobody has explained, each with some of its new rows."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for new in plan.new:
        wording = new.row.wording
        told = wording in asked.wordings or wording in plan.known.wordings
        if new.kind is RowKind.UNCLASSIFIED and not told and len(found[wording]) < EXAMPLES:
            found[wording].append(new.row)
    return {wording: tuple(rows) for wording, rows in found.items()}


def _members(plan: Plan, asked: Answers) -> tuple[str, ...]:
    """The names on the page that nobody has explained."""
    names = dict.fromkeys(new.row.member for new in plan.new if new.row.member)
    return tuple(name for name in names if name not in asked.members and name not in plan.known.members)


def _stamp(plan: Plan, shown: Preview) -> str:
    """What tells this preview from another one: all that it would book, and all its figures.

    It is made of JSON, because the `repr` of a second depends on how its draft was kept meanwhile.
    """
    reconciled = plan.reconciled
    figures = (shown._replace(rows=(), change=None), sorted(reconciled.withdrawn), sorted(reconciled.lifted))
    stamp = hashlib.blake2b(digest_size=8)
    for piece in chain((figures,), shown.rows, ("facts",), reconciled.facts):  # nobody else runs while JSON is made
        stamp.update(json.dumps(piece, default=str).encode() + b"\n")
    return stamp.hexdigest()
