"""What a client paid and cost to win, for those who want incomes kept, in private only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.shared.ids import WalletId
from storage import upgrade
from tests.bot.linked import Linking
from tests.bot.stage import PLATFORMS, a_bot, on_stage
from tests.bot.stages.desk import DeskStage
from tests.imports.transactions import written

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from tests.bot.stage import Bot, Stage
    from tests.bot.stages.desk import DeskPlayer

LINK = "https://www.upwork.com/jobs/Logo-redesign_~022010000000000000041/"


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


def csv(bot: Bot, days: int = 5) -> bytes:
    then = bot.clock.now() + timedelta(days=days)
    day = f"{then:%b} {then.day}, {then.year}"
    rows = (
        (day, "900000010", "Fixed Price", "Invoice for Logo redesign", 125_000),
        (day, "900000011", "Service Fee", "Service Fee - Ref ID 900000010", -12_500),
        (day, "900000012", "Hourly", "Invoice for Weekly support", 7_345_671),
    )
    return written(rows).encode()


async def test_what_a_client_cost_is_told_only_to_who_wants_it(bot: Bot, stage: Stage) -> None:
    ann = await stage.person("ann")
    for line in ("/start", "/spend 20 Shop", "/buy 60 $9", f"/spend 16 {LINK}", "#4 hired"):
        await ann.say(line)
    heard = await ann.hand("transactions.csv", csv(bot))
    assert "2 incomes" in heard.text
    assert "I keep nothing of them" in heard.text
    heard = await ann.press("What did clients cost?")
    assert "I do so only if you want me to" in heard.text
    assert "kept, to tell what a client cost" in (await ann.press("Keep client payments")).text
    assert "I have no payments yet" in (await ann.say("/clients")).text
    bot.clock.pass_(minutes=5)
    assert "I keep these 2 payments, as you asked" in (await ann.hand("transactions.csv", csv(bot))).text
    heard = await ann.say("/clients")
    for said in ("$1,125.00", "#4 by its title: 16", "earned back on", "I do not know by which bid"):
        assert said in heard.text
    assert "None of these" in (await ann.press("Which bid won Invoice for Weekly support?")).buttons
    heard = await ann.press("#4 · Logo redesign")
    assert "#4: 16" in heard.text
    heard = await ann.say("/settings incomes=no")
    assert "I deleted the 2 client payments" in heard.text
    assert "I do so only if you want me to" in (await ann.say("/clients")).text


async def test_a_client_is_found_by_a_part_of_the_name(bot: Bot) -> None:
    ann = await DeskStage(bot).person("ann")
    for line in ("/start", "/settings incomes=yes"):
        await ann.say(line)
    await ann.hand("transactions.csv", csv(bot))
    heard = await ann.say("/clients weekly")
    assert "Weekly support" in heard.text
    assert "Logo redesign" not in heard.text
    heard = await ann.say("/clients nobody")
    assert heard.text.startswith("No client whose name has “nobody” in it")
    assert heard.buttons == ("What did clients cost?",)


async def test_what_was_kept_before_a_link_is_found_and_deleted_after_it(bot: Bot, ann: DeskPlayer) -> None:
    eva = await DeskStage(bot).person("eva")
    await eva.say("/start")
    await eva.say("/settings incomes=yes")
    for player, days in ((eva, 5), (ann, 6)):
        await player.hand("transactions.csv", csv(bot, days))
    await Linking(bot, "ann", "eva").link()
    assert "$1,125.00" in (await ann.say("/clients")).text
    assert "2 " in (await ann.say("/settings incomes=no")).text
    assert "I do so only if you want me to" in (await eva.say("/clients")).text
    assert [await bot.store.incomes.of(WalletId(number)) for number in (1, 2)] == [(), ()]


async def test_nothing_of_it_is_shown_or_kept_in_a_group(stage: Stage) -> None:
    lead = await stage.member("lead", "Team", admin=True)
    await lead.say("/start")
    assert "private" in (await lead.say("/clients")).text
    assert "private chat only" in (await lead.say("/settings incomes=yes")).text


async def test_nothing_of_it_stays_in_the_database(tmp_path: Path) -> None:
    """Neither in the drafts of imports and in the lines of buttons, nor in what the database has deleted."""
    upgrade(f"sqlite:///{tmp_path}/books.db")
    async with a_bot(f"sqlite:///{tmp_path}/books.db", works=False) as bot:
        ann = await DeskStage(bot).person("ann")
        for line in ("/start", "/buy 60 $9", f"/spend 16 {LINK}", "#3 hired", "/settings incomes=yes"):
            await ann.say(line)
        bot.clock.pass_(minutes=5)
        assert "I keep these 2 payments" in (await ann.hand("transactions.csv", csv(bot))).text
        await ann.say("/clients")
        await ann.press("Which bid won Invoice for Weekly support?")
        assert "#3: 16" in (await ann.press("#3")).text
        assert b"Weekly support" in written_in(tmp_path)
        await ann.say("/settings incomes=no")
    kept = written_in(tmp_path).lower()
    assert b"logo redesign" in kept  # the title of the bid itself
    assert not [word for word in (b"weekly support", b"invoice", b"900000012", b"7345671") if word in kept]


def written_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())
