"""/help lists what somebody may use where they are, what is used daily first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.permissions import permission_of
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage, Heard
    from tests.bot.stages.desk import DeskPlayer

NAME: Final = re.compile(r"\s*(/\w+)")


def listed(heard: Heard) -> list[str]:
    return [line.partition(":")[0] for line in heard.text.splitlines() if line.startswith("/")]


class TestOnEveryPlatform:
    """A platform writes the names of commands in its own way."""

    @staticmethod
    def named(heard: Heard) -> set[str]:
        return {found[1] for line in heard.text.splitlines() if (found := NAME.match(line))}

    async def test_a_member_and_an_admin_of_a_group_see_what_they_may_use(self, stage: CarryingStage) -> None:
        lead, bob = await stage.member("Lea", "Team", admin=True), await stage.member("Bob", "Team")
        await lead.say("/start")
        assert {"/buy", "/alerts", "/audit"} <= self.named(await lead.say("/help"))
        if stage.carrier.name != "console":  # who sits there is an admin
            found = self.named(await bob.say("/help"))
            assert "/spend" in found
            assert not {"/buy", "/alerts", "/audit", "/announce"} & found

    async def test_an_operator_finds_the_rest_in_private(self, bot: Bot, stage: CarryingStage) -> None:
        zoe = await stage.person("Zoe")
        await zoe.say("/start")
        assert "/announce" not in self.named(await zoe.say("/help"))
        bot.operators.add(f"{zoe.target.platform}:{zoe.target.chat}")
        assert {"/spend", "/announce", "/promote", "/audit"} <= self.named(await zoe.say("/help"))
        assert "For example: /announce" in (await zoe.say("/help announce")).text


async def test_what_is_used_daily_comes_first(ann: DeskPlayer) -> None:
    heard = await ann.say("/help")
    assert heard.text.splitlines()[1] == "Every day"
    assert listed(heard)[:6] == ["/spend", "/return", "/balance", "/history", "/buy", "/earn"]


async def test_everything_that_menus_show_is_listed_once_in_a_private_chat(bot: Bot, ann: DeskPlayer) -> None:
    found = listed(await ann.say("/help"))
    usable = [command for command in bot.desk.commands if permission_of(command).private]
    assert sorted(found) == sorted(f"/{command.name}" for command in usable)


async def test_a_member_of_a_group_sees_what_members_may_use(bob: DeskPlayer) -> None:
    found = listed(await bob.say("/help"))
    assert {"/spend", "/return", "/undo", "/history", "/claim"} <= set(found)
    assert not {"/buy", "/earn", "/alerts", "/settings", "/subscribe", "/audit", "/announce"} & set(found)


async def test_an_admin_of_a_group_sees_the_rest_and_the_audit_log(lead: DeskPlayer) -> None:
    assert {"/buy", "/alerts", "/subscribe", "/audit"} <= set(listed(await lead.say("/help")))
    assert "Show who changed roles, limits and settings" in (await lead.say("/help audit")).text


async def test_a_command_that_is_not_for_members_is_explained_all_the_same(bob: DeskPlayer) -> None:
    heard = await bob.say("/help buy")
    assert "For example: /buy 60 $9" in heard.text
    assert "In this group, that command is for admins." in heard.text


async def test_operators_find_theirs_in_private_and_are_told_so_in_a_group(bot: Bot) -> None:
    boss = await DeskStage(bot).person("boss")
    assert {"/announce", "/promote", "/series", "/jobs", "/audit"} <= set(listed(await boss.say("/help")))
    explained = (await boss.say("/help announce")).text
    assert "For example: /announce" in explained
    assert "private chat" not in explained
    in_group = await DeskStage(bot).member("boss", "Team")
    assert "/announce" not in listed(await in_group.say("/help"))
    assert "Write that to me in private" in (await in_group.say("/help announce")).text
