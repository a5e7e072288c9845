"""Whose the rows of a page are that names nobody."""

from __future__ import annotations

from dataclasses import replace

from core.imports.model import Answers
from core.imports.planning import Asked, plan
from core.ledger.entry_builder import Intent
from core.ledger.limits import usages
from core.ledger.ports import Key
from core.ledger.rulebook import default
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from core.wallets.team import Limit, Period, TeamSettings
from tests.imports.keeper import APPLIED, Keeper, page, row

LOGO = page(row(10, APPLIED, -16, "Logo"), balance=100)
LOW = page(row(10, APPLIED, -16, "Logo", member="Mara"), balance=4)


async def test_in_the_books_of_one_person_they_are_theirs(ann: Keeper) -> None:
    await ann.take(LOGO)
    assert (await ann.entry("Logo")).by == ann.person


async def test_in_those_of_a_group_they_are_nobodys(ann: Keeper) -> None:
    """Whoever imports them did none of it, so that only the limits for all together count them."""
    team = TeamSettings(limits=(Limit(1, 10, Period.MONTH, each=True), Limit(2, 10, Period.MONTH)))
    group = await ann.books.open(ChatRef("console", "agency"), Settings(team=team), "0000000001:agency", ann.person)
    agency = replace(ann, wallet=group.wallet.id)
    await agency.take(LOGO)
    assert (await agency.entry("Logo")).by is None
    stands = usages((await agency.record()).head.limits, ann.clock.at)
    assert [(one.limit.id, one.spent) for one in stands] == [(2, 16)]
    await ann.verify()


async def test_whoever_imports_them_knows_that_the_balance_is_low(ann: Keeper) -> None:
    """The answer said so. Whoever the rows are of is notified like everybody else."""
    record = await ann.record()
    record = record._replace(head=record.head._replace(threshold=50))
    intent = Intent(Key("k", ""), ann.clock.at, ann.person)
    found = plan(record, Asked((LOW,), Answers(), intent, shared=True), default())
    assert found.change is not None
    assert [(notice.code, notice.by) for notice in found.change.notices] == [("low", ann.person)]
