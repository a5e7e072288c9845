"""What every store promises about limits: each spend counts at once, and no two of them pass one together."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook
from core.ledger.model import Receipt
from core.shared.refusals import OverLimit
from core.wallets.team import Act, Limit, Period
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import OpenBooks, booked
from tests.core.limits.team import spends, team
from tests.core.limits.walk import walk
from tests.storage.teller import proven
from tests.storage.test_verify import by_hand, verdict_on

if TYPE_CHECKING:
    from pathlib import Path

    from core.shared.refusals import Refusal
    from core.store import Store
    from tests.core.limits.team import Team

CALLERS = 64
ALL = Limit(1, 100, Period.WEEK, act=Act.BLOCK)
EACH = Limit(2, 60, Period.DAY, each=True, act=Act.BLOCK)


async def on(store: Store, *limits: Limit) -> Team:
    clock = TestClock()
    return await team(OpenBooks(store, rulebook.default(), clock), clock, *limits)


async def test_whatever_a_team_does_is_counted_as_in_memory(store: Store) -> None:
    found = await walk(store, 11, steps=50)
    async with open_store("memory://") as memory:
        expected = await walk(memory, 11, steps=50)
        assert found.done == expected.done
        assert await found.team.usages() == await expected.team.usages()


async def test_callers_at_once_do_not_pass_a_limit_together(store: Store) -> None:
    found = await on(store, ALL, EACH)
    members = [found.members[number % 3] for number in range(CALLERS)]
    given = await asyncio.gather(*(spends(member, 7) for member in members))
    assert sum(isinstance(one, Receipt) for one in given) == ALL.amount // 7
    assert {one.limit for one in given if isinstance(one, OverLimit)} <= {1, 2}
    assert (await found.spent())[1] == ALL.amount // 7 * 7
    await proven(store)


async def test_two_processes_do_not_pass_a_limit_together(postgres: str) -> None:
    async with open_store(postgres) as here, open_store(postgres) as there:
        found = await on(here, ALL)
        elsewhere = OpenBooks(there, found.books.rulebook, found.ann.clock)
        members = [
            replace(found.members[number % 3], books=elsewhere if number % 2 else found.books)
            for number in range(CALLERS)
        ]
        given: list[Receipt | Refusal] = await asyncio.gather(*(spends(member, 7) for member in members))
        assert sum(isinstance(one, Receipt) for one in given) == ALL.amount // 7
        await proven(there)


async def test_a_limit_that_is_set_late_counts_its_period_so_far(store: Store) -> None:
    found = await on(store)
    booked(await found.ann.spend(30))
    found.ann.clock.pass_(days=3)  # Tuesday
    spent = booked(await found.ben.spend(20)).entry.number
    booked(await found.cyd.give_back(spent, 5))
    assert await found.limits() is None
    weekly, monthly = Limit(1, 100, Period.WEEK, person=found.ben.person), Limit(2, 100, Period.MONTH)
    await found.set_limits(weekly, monthly)
    assert await found.spent() == {1: 15, 2: 45}
    await found.set_limits(replace(weekly, amount=10, act=Act.BLOCK))
    assert await found.spent() == {1: 15}
    await found.set_limits()
    assert await found.limits() is None
    await proven(store)


async def test_what_was_spent_is_there_after_a_restart(url: str) -> None:
    async with open_store(url) as store:
        found = await on(store, ALL)
        booked(await found.ann.spend(99))
    async with open_store(url) as store:
        again = replace(found.ben, books=OpenBooks(store, found.books.rulebook, found.ann.clock))
        assert isinstance(await spends(again, 2), OverLimit)
        booked(await spends(again, 1))


@pytest.mark.parametrize(
    ("tallies", "fault"),
    [
        ({"1": 29}, "what was spent of limit 1 is stored as 29, but the journal gives 30"),
        ({}, "what was spent of limit 1 is stored as 0, but the journal gives 30"),
        ({"1": 30, "7:2": 5}, "what was spent of limit 7 by person 2 is stored as 5, but the journal gives 0"),
    ],
)
async def test_a_tally_that_was_changed_by_hand_is_named(
    file: Path, url: str, tallies: dict[str, int], fault: str
) -> None:
    async with open_store(url) as store:
        found = await on(store, ALL)
        booked(await found.ann.spend(30))
    assert by_hand(file, f"UPDATE wallet SET tallies = '{json.dumps(tallies)}'") == 1  # noqa: S608
    assert fault in ((await verdict_on(file)).fault or "")
