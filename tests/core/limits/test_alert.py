"""The group hears once that a limit is nearly used up, and once that it was passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.types.limit import LIMIT
from core.delivery.outcome import Sent
from core.wallets.people import Chat, ChatKind, ChatRef
from core.wallets.team import Act, Lift, Limit, Period
from tests.core.freelancer import booked
from tests.core.limits.team import spends
from tests.storage.sender import Sender

if TYPE_CHECKING:
    from core.delivery.notice import Notice
    from tests.core.limits.team import Team

WEEK = Limit(1, 100, Period.WEEK)


@pytest.fixture(autouse=True)
async def _in_a_chat(team: Team) -> None:
    chat = Chat(ChatRef("test", "agency"), ChatKind.GROUP, "Agency")
    await team.books.store.people.note_reachable(chat, team.ann.clock.at)


async def told(team: Team) -> list[Notice]:
    """What the group hears now of its limits."""
    sender = Sender(team.books.store, team.ann.clock)
    assert await sender.lease()
    found: list[Notice] = []
    while claimed := await sender.claim():
        for one in claimed:
            found += [one.notice] if one.notice.code == LIMIT.code else []
            await sender.settle(one, Sent(one.notice.key))
    return found


async def marks(team: Team) -> list[tuple[object, ...]]:
    return [tuple(one.facts[name] for name in ("limit", "mark", "percent")) for one in await told(team)]


async def test_it_is_told_once_near_and_once_over(team: Team) -> None:
    await team.set_limits(WEEK)
    booked(await team.ann.spend(79))
    assert await marks(team) == []
    booked(await team.ann.spend(1))
    assert await marks(team) == [(1, "near", 80)]
    booked(await team.ann.spend(20))
    assert await marks(team) == []
    spent = booked(await team.ben.spend(5)).entry.number
    (notice,) = await told(team)
    assert dict(notice.facts) == {
        "limit": 1, "person": 0, "each": 0, "period": "week", "boosts": 0, "currency": "", "act": "warn",
        "mark": "over", "since": "2026-01-05T00:00:00+00:00", "by": team.ben.person, "number": spent, "percent": 105,
        "amount": 100, "spent": 105,
    }  # fmt: skip
    assert notice.by == team.ben.person
    booked(await team.ann.undo(spent))
    booked(await team.ann.spend(6))
    assert await marks(team) == []
    team.ann.clock.pass_(days=7)
    booked(await team.ann.spend_all([60, 41]))
    assert await marks(team) == [(1, "over", 101)]


async def test_what_was_passed_without_a_spend_is_told_once_after_the_next_one(team: Team) -> None:
    booked(await team.ann.spend(110))
    await team.set_limits(WEEK)
    for connects, told_of in ((3, [(1, "over", 113)]), (4, [])):
        booked(await team.ann.spend(connects))
        assert await marks(team) == told_of


async def test_each_person_and_limit_is_told_of_apart(team: Team) -> None:
    await team.set_limits(replace(WEEK, each=True), Limit(2, 900, Period.DAY, currency="USD"))
    booked(await team.ann.spend(45))
    booked(await team.ben.spend(80))
    found = {(one.facts["limit"], one.facts["person"], one.facts["mark"]) for one in await told(team)}
    assert found == {(1, team.ben.person, "near"), (2, 0, "over")}


async def test_money_is_told_in_percent_only(team: Team) -> None:
    await team.set_limits(replace(WEEK, amount=1000, currency="USD"))
    booked(await team.ann.spend(50))
    (notice,) = await told(team)
    assert (notice.facts["percent"], notice.facts["currency"]) == (90, "USD")
    assert not {"amount", "spent"} & set(notice.facts)


async def test_whoever_passes_a_limit_that_blocks_is_told_of_each_time(team: Team) -> None:
    await team.set_limits(replace(WEEK, act=Act.BLOCK))
    for connects, percent in ((110, 110), (5, 115)):
        booked(await spends(team.ann, connects, over=True))
        assert await marks(team) == [(1, "over", percent)]


async def test_a_week_that_is_over_is_told_of_if_a_spend_of_then_passes_its_limit(team: Team) -> None:
    await team.set_limits(replace(WEEK, act=Act.BLOCK))
    booked(await team.ann.spend(70))
    team.ann.clock.pass_(days=5)
    booked(await spends(team.ben, 20, on=team.ann.clock.at - timedelta(days=4)))
    assert await marks(team) == []
    booked(await spends(team.ben, 20, on=team.ann.clock.at - timedelta(days=4), over=True))
    assert await marks(team) == [(1, "over", 110)]
    assert await team.spent() == {1: 0}


class TestRefreshed:
    async def notice(self, team: Team, connects: int) -> Notice:
        await team.set_limits(WEEK)
        booked(await team.ann.spend(connects))
        (notice,) = await told(team)
        return notice

    async def later(self, team: Team, notice: Notice) -> Notice | None:
        assert LIMIT.refresh is not None
        wallet, now = await team.books.store.ledger.holding(team.ann.wallet), team.ann.clock.at
        return LIMIT.refresh(notice, now, wallet, now)

    @pytest.mark.parametrize("connects", [85, 130])
    async def test_it_holds_with_what_is_spent_by_now(self, team: Team, connects: int) -> None:
        notice = await self.notice(team, connects)
        booked(await team.ann.spend(10))
        found = await self.later(team, notice)
        assert found is not None
        assert (found.facts["spent"], found.facts["mark"]) == (connects + 10, notice.facts["mark"])

    @pytest.mark.parametrize("connects", [85, 130])
    async def test_it_no_longer_holds_once_enough_came_back(self, team: Team, connects: int) -> None:
        notice = await self.notice(team, connects)
        booked(await team.ann.give_back((await team.ann.journal())[-1].number, 50))
        assert await self.later(team, notice) is None

    async def test_nor_if_enough_was_allowed(self, team: Team) -> None:
        notice = await self.notice(team, 130)
        (stands,) = await team.usages()
        await team.lift(Lift(1, stands.since, 30))
        assert await self.later(team, notice) is None

    @pytest.mark.parametrize(
        "limits", [(), (replace(WEEK, amount=300),), (replace(WEEK, period=Period.MONTH),), (replace(WEEK, id=2),)]
    )
    async def test_nor_if_the_limit_is_another(self, team: Team, limits: tuple[Limit, ...]) -> None:
        notice = await self.notice(team, 130)
        await team.set_limits(*limits)
        assert await self.later(team, notice) is None

    @pytest.mark.parametrize(("connects", "holds"), [(85, False), (130, True)])
    async def test_after_its_period_only_what_was_passed_matters(
        self, team: Team, connects: int, *, holds: bool
    ) -> None:
        notice = await self.notice(team, connects)
        team.ann.clock.pass_(days=7)
        booked(await team.ann.buy(5))
        assert (await self.later(team, notice) is not None) is holds
