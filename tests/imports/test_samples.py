"""The samples, in every form, come to the sums, the balance and the proposals that they are known to have."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from core.imports.model import Answers, RowKind
from core.ledger.budget import spent_by
from core.ledger.model import Kind, Purpose, Source, expense_on, income_from
from core.ledger.past.standing import Standing
from tests.core.statements.invariants import check_below_zero, check_books
from tests.core.statements.reading_sightings import check_sightings
from tests.imports.sample_truth import BACK, FORMS, NAMES, PHONE, SAVED, TABBED, WIDE, connects, sample, truth

if TYPE_CHECKING:
    from core.ledger.model import Account
    from tests.imports.keeper import Keeper

KINDS: Final = {
    RowKind.BADGE: ("badge",),
    RowKind.PROPOSAL: ("bid",),
    RowKind.BOOST: ("boost",),
    RowKind.BOOST_CHARGE: ("boost_final",),
    RowKind.BOOST_BACK: ("boost_back", "boost_closed", "outbid"),
    RowKind.PROPOSAL_BACK: ("closed",),
    RowKind.PARTLY_BACK: ("partial",),
    RowKind.PURCHASE: ("bought",),
    RowKind.MONTHLY: ("monthly",),
    RowKind.REWARD: ("reward",),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
async def test_the_sums_and_the_balance_are_those_of_the_page(ann: Keeper, name: str, form: str) -> None:
    known = truth(name)
    read = sample(name, form)._replace(balance=known["balance"])  # lines with tabs have no head
    shown, booked = await ann.take(read)
    assert (shown.new, shown.unsure, shown.after, shown.parted) == (known["shown"], (), known["balance"], None)
    assert shown.opening is not None
    assert shown.opening.connects == known["opening"]
    assert {one.kind: one.connects for one in shown.kinds} == {
        kind: total for kind, names in KINDS.items() if (total := connects(name, *names))
    }
    assert booked is not None
    spent = connects(name, "bid", "boost", "boost_final", "badge")
    back = connects(name, *BACK)
    assert (booked.spent, booked.returned) == (-spent, back)
    standing = Standing((await ann.record()).entries)
    moved: Counter[Account] = Counter()
    for legs in standing.legs.values():
        for (_, account), amount in legs.items():
            moved[account] += amount.connects
    assert -moved[expense_on(Purpose.BADGE)] == -connects(name, "badge")
    assert moved[income_from(Source.PURCHASE)] == connects(name, "bought")
    assert moved[income_from(Source.RETURN)] + _returned(standing) == back


def _returned(standing: Standing) -> int:
    return -sum(spent_by(entry) for entry in standing.facts.values() if entry.kind is Kind.RETURN)


@pytest.mark.parametrize("name", NAMES)
async def test_each_form_says_the_same_again(ann: Keeper, name: str) -> None:
    for form in (PHONE, TABBED, SAVED, WIDE):
        shown, _ = await ann.take(sample(name, form)._replace(balance=truth(name)["balance"]))
        assert (shown.unsure, shown.after) == ((), truth(name)["balance"]), form
    lines = check_books(await ann.record(), Random(name))  # noqa: S311 - cuts from a seed are wanted, not a secret
    check_below_zero(lines)
    await check_sightings(ann.store, ann.wallet)
    shown, booked = await ann.take(sample(name, SAVED), answers=Answers())
    assert (shown.new, shown.known, booked) == (0, truth(name)["shown"], None)


@pytest.mark.parametrize("name", NAMES)
async def test_what_each_proposal_took_is_known_by_its_job(ann: Keeper, name: str) -> None:
    await ann.take(sample(name, PHONE))
    await ann.take(sample(name, SAVED))
    record = await ann.record()
    jobs = {row.number: row.job for batch in record.batches for row in batch.sightings if row.job}
    net: Counter[str] = Counter()
    for entry in Standing(record.entries).facts.values():
        about = entry.of if entry.kind is Kind.RETURN else entry.number
        if entry.kind in {Kind.SPEND, Kind.RETURN} and about in jobs:
            net[jobs[about]] += spent_by(entry)
    assert {one["job"]: one["net"] for one in truth(name)["proposals"]} == {
        one["job"]: net[one["job"]] for one in truth(name)["proposals"]
    }
