"""What a process that is killed at any moment leaves: no alert or update is lost, no announcement comes twice."""

from __future__ import annotations

import sys

import pytest

from tests.crash import intake, linking
from tests.crash.freeze import stand_still
from tests.crash.mending import corrected
from tests.crash.trial import Plan, carry_out

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals to kill and to freeze are POSIX's")


@pytest.mark.parametrize(("platform", "where"), [("telegram", "url"), ("discord", "postgres"), ("console", "url")])
async def test_a_sender_killed_six_times_loses_nothing(
    request: pytest.FixtureRequest, platform: str, where: str
) -> None:
    verdict = await carry_out(Plan(platform, request.getfixturevalue(where), chats=60, kills=6))
    assert (verdict.deliveries, verdict.plan.kills) == (600, 6)
    assert verdict.doubled[True] == []
    assert (verdict.lost, verdict.wrong, verdict.stray) == ([], [], [])
    if platform == "discord":
        assert verdict.doubled[False] == []
        assert verdict.unknown == 0


async def test_one_that_stood_still_sends_nothing_more_once_another_has_taken_over(postgres: str) -> None:
    thawed = await stand_still(Plan("telegram", postgres, chats=60, each=8))
    verdict = thawed.verdict
    assert thawed.doubtful
    assert thawed.by_the_first < verdict.deliveries
    assert verdict.doubled[True] == []
    assert thawed.doubtful.issuperset(verdict.doubled[False])
    assert (verdict.lost, verdict.wrong, verdict.stray) == ([], [], [])


@pytest.mark.parametrize(("platform", "where"), [("telegram", "url"), ("discord", "postgres")])
async def test_a_correction_that_is_killed_in_the_middle_reaches_every_chat(
    request: pytest.FixtureRequest, platform: str, where: str
) -> None:
    mended = await corrected(Plan(platform, request.getfixturevalue(where), chats=60, kills=4))
    assert {one.number for one in mended.standing} == {3}
    assert len(mended.standing) == 60
    assert mended.tally.mending is not None
    assert (mended.tally.mending.done, mended.tally.mending.all, mended.tally.waiting) == (60, 60, 0)
    assert mended.edits >= 60


@pytest.mark.parametrize(("webhook", "where"), [(True, "url"), (False, "postgres")])
async def test_a_receiver_killed_five_times_books_each_update_once(
    request: pytest.FixtureRequest, where: str, *, webhook: bool
) -> None:
    verdict = await intake.carry_out(intake.Plan(request.getfixturevalue(where), webhook, people=10, kills=5))
    assert (verdict.lines, verdict.plan.kills) == (110, 5)
    assert verdict.good, verdict


async def test_a_process_killed_between_links_and_forgettings_leaves_all_of_each_or_nothing(url: str) -> None:
    await linking.killed(url, "ann", lines=2)
