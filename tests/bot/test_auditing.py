"""The audit log: each action is recorded once, without private data, and shown to those it concerns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from core.shared.refusals import Outage, UnavailableError
from tests.bot.handing import drafted
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def chief(bot: Bot) -> DeskPlayer:
    """Another operator."""
    bot.operators.add("desk:chief")
    return await DeskStage(bot).person("chief")


async def test_it_shows_who_did_what_where_and_with_what_outcome(bot: Bot, boss: DeskPlayer, lead: DeskPlayer) -> None:
    bot.clock.pass_(minutes=5)
    await boss.say("/jobs sweep")
    await boss.say("/jobs dance")
    await lead.say("/adjust -9999")
    heard = (await boss.say("/audit")).text.splitlines()
    assert heard == [
        "What operators and admins did, newest first",
        "Jan 10, 2026 09:05 UTC, Lea: /adjust by=-9999 (refused: out_of_range; in desk:Team)",
        "Jan 10, 2026 09:05 UTC, boss: /jobs task=dance (refused: jobs-unknown; in desk:with boss)",
        "Jan 10, 2026 09:05 UTC, boss: /jobs task=sweep (done; in desk:with boss)",
        "Jan 10, 2026 09:00 UTC, Lea: /opening connects=300 cost=free (done; in desk:Team)",
        "Jan 10, 2026 09:00 UTC, Lea: /start (done; in desk:Team)",
    ]


async def test_an_import_into_the_books_of_a_group_is_recorded_and_so_is_its_undo(
    bot: Bot, boss: DeskPlayer, lead: DeskPlayer
) -> None:
    deputy = await DeskStage(bot).member("Dan", "Team", admin=True)
    await deputy.say("/balance")
    await drafted(bot, "page", person=2)
    await lead.say("/import show page")
    assert (await lead.press("Book all 3")).text.startswith("3 entries booked")
    await lead.press("Undo")
    recorded = [line for line in (await boss.say("/audit")).text.splitlines() if "/import" in line]
    assert [line.partition("/import ")[2].split()[0] for line in recorded] == ["do=undo", "do=book"]
    assert all("done; in desk:Team" in line for line in recorded)


async def test_an_error_is_recorded_by_its_id(bot: Bot, boss: DeskPlayer, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bot.store.subscriptions, "subscribers", broken)
    with capture_logs() as logs:
        told = (await boss.say("/announce Hello")).text
    (fault,) = [line["id"] for line in logs if line["event"] == "fault"]
    assert fault in told
    assert f"/announce text=Hello (failed, in the log: {fault};" in (await boss.say("/audit")).text


async def test_an_action_that_arrives_twice_is_recorded_once(boss: DeskPlayer) -> None:
    await boss.say_twice("/jobs sweep")
    assert (await boss.say("/audit")).text.count("sweep") == 1


async def test_reading_and_forbidden_commands_are_not_recorded(
    boss: DeskPlayer, lead: DeskPlayer, bob: DeskPlayer
) -> None:
    for line in ("/jobs", "/promo", "/promo list", "/audit"):
        await boss.say(line)
    await lead.say("/settings")
    await bob.say("/settings low=5")
    assert "/audit" not in (await lead.say("/audit")).text
    assert "settings" not in (await lead.say("/audit")).text
    assert "/jobs" not in (await boss.say("/audit")).text
    await lead.say("/settings low=5")
    assert "Lea: /settings low=5 (done)" in (await lead.say("/audit")).text


@pytest.mark.parametrize("line", ["show 1", "claims 1", "report 1", "edit 1", "1"])
async def test_looking_at_a_promotion_is_not_recorded(boss: DeskPlayer, line: str) -> None:
    await boss.say('/promote Bonus gives=20 ends="3 days" text=x')
    await boss.say(f"/promo {line}")
    assert "/promo " not in (await boss.say("/audit")).text


async def test_changing_a_promotion_is_recorded(boss: DeskPlayer) -> None:
    await boss.say('/promote Bonus gives=20 ends="3 days" text=x')
    await boss.say("/promo launch 1")
    assert "/promo do=launch number=1 (done;" in (await boss.say("/audit")).text


async def test_of_alert_settings_only_changes_are_recorded(boss: DeskPlayer, lead: DeskPlayer) -> None:
    for line in ("/alerts", "/alerts test"):
        await lead.say(line)
    assert "/alerts" not in (await boss.say("/audit")).text
    await lead.say("/alerts runway=5")
    await lead.say("/alerts where=?")
    assert (await boss.say("/audit")).text.count("/alerts") == 1


async def test_what_people_do_with_their_own_wallets_is_not_recorded(boss: DeskPlayer, ann: DeskPlayer) -> None:
    await ann.say("/buy 60 $9")
    assert "There are no records yet." in (await boss.say("/audit")).text


async def test_admins_of_a_group_see_the_records_of_that_group(
    boss: DeskPlayer, lead: DeskPlayer, bob: DeskPlayer
) -> None:
    await boss.say("/jobs sweep")
    heard = (await lead.say("/audit")).text
    assert heard.startswith("What was changed here")
    assert "/opening" in heard
    assert "sweep" not in heard
    assert "for admins" in (await bob.say("/audit")).text


async def test_what_an_owner_decides_for_the_team_is_recorded(lead: DeskPlayer, bob: DeskPlayer) -> None:
    await bob.say("/balance")
    await lead.say("/limit bob 20 a week")
    await lead.press("Block what is over it")
    await bob.say("/spend 24 Logo")
    await bob.press("Not sent")
    lead.buttons = dict(bob.buttons)
    await lead.press("Allow this")
    for line in (
        "/target 100 bids this week",
        "/settings feed=here",
        "/settings money=on",
        "/alerts weekly=on",
        "/join",
    ):
        await lead.say(line)
    await lead.say("/limit")
    await lead.say("/target")
    heard = (await lead.say("/audit")).text.splitlines()
    said = [line.partition("/")[2].partition(" line=")[0] for line in heard if line.endswith("(done)")]
    assert said == [
        "join (done)",
        "alerts weekly=on (done)",
        "settings money=on (done)",
        "settings feed=here (done)",
        'target bids=100 days="this week" (done)',
        'allow limit=1 since=2026-01-05 asked=24 person="Bob"',
        "relimit number=1 act=block (done)",
        "limit amount=20 per=week member=bob (done)",
    ]


async def test_in_private_only_operators_may_use_it(ann: DeskPlayer) -> None:
    assert "/audit is for the operators of this bot" in (await ann.say("/audit")).text


async def test_long_lines_are_cut_and_secrets_masked(boss: DeskPlayer, ann: DeskPlayer) -> None:
    await ann.say("/subscribe")
    await boss.say(f"/announce {'long ' * 100}")
    token = f"123456789:{'A' * 35}"
    await boss.say(f"/announce My token is {token}")
    await boss.say('/promote Bonus gives=20 ends="3 days" text=Hello code=SUMMER')
    await boss.say("/edit 1 code SUMMER-26")
    heard = (await boss.say("/audit")).text
    assert "field=code value=***" in heard
    assert "SUMMER" not in heard
    assert token not in heard
    assert "code=***" in heard
    assert max(len(line) for line in re.findall(r"/\S.*(?= \(done)", heard)) == 200


async def test_it_is_shown_page_by_page_and_by_person(bot: Bot, boss: DeskPlayer, chief: DeskPlayer) -> None:
    for number in range(12):
        bot.clock.pass_(minutes=1)
        await (chief if number % 4 == 0 else boss).say("/jobs sweep")
    first = await boss.say("/audit")
    assert first.text.count("sweep") == 8
    assert first.buttons == ("Only boss", "Only chief", "Older")
    older = (await boss.press("Older")).text
    assert older.count("sweep") == 4
    assert "09:01" in older
    await boss.say("/audit")
    heard = await boss.press("Only chief")
    assert heard.text.count("chief: /jobs task=sweep") == 3
    assert heard.buttons == ()


async def test_an_action_that_cannot_be_recorded_is_answered_all_the_same(
    bot: Bot, boss: DeskPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise UnavailableError(Outage.FULL)

    monkeypatch.setattr(bot.store.audit_log, "record", away)
    with capture_logs() as logs:
        assert "sweep: ok" in (await boss.say("/jobs sweep")).text
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["action not recorded"]


async def test_a_file_of_promotions_is_recorded_if_drafts_came_of_it(boss: DeskPlayer, ann: DeskPlayer) -> None:
    table = b"title,text,gives,ends\nSpring,Welcome,5,friday\n"
    await boss.hand("spring.csv", table)
    await boss.hand("faulty.csv", table.replace(b"5", b"0"))
    await ann.hand("hers.csv", table)
    assert [line for line in (await boss.say("/audit")).text.splitlines() if "/file" in line] == [
        "Jan 10, 2026 09:00 UTC, boss: /file spring.csv (done; in desk:with boss)"
    ]
