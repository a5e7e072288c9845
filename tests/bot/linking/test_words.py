"""Linking in plain words, and on which platform alerts come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import UnfitError
from bot.commands import by_name
from bot.options.linking import OwnPlatform, TrueBalance
from bot.reading.linking import link_line, linking_line, unlink_line
from core.links.preview import BalanceChoice
from tests.bot.linking.test_conversation import linked

if TYPE_CHECKING:
    from tests.bot.linking.accounts import Account
    from tests.bot.stages.desk import DeskPlayer


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("link my discord", "link"),
        ("Please link my other account", "link"),
        ("link me to discord", "link"),
        ("connect my telegram account", "link"),
        ("I\u2019m also on telegram", "link"),
        ("I use you on discord too", "link"),
        ("How do I link my tg?", "link"),
        ("unlink", "unlink"),
        ("unlink my discord, please", "unlink"),
        ("disconnect telegram", "unlink"),
        ("undo the link", "unlink"),
        ("send my alerts to discord", "alerts platform=discord"),
        ("alerts on telegram please", "alerts platform=telegram"),
        ("I want my notifications on tg", "alerts platform=telegram"),
        ("send my alerts to wherever I write", "alerts platform=last"),
        ("connect", None),
        ("connects", None),
        ("link https://www.upwork.com/jobs/~022010000000000000042", None),
        ("send alerts to the group", None),
        ("send my alerts here", "alerts here"),
        ("where do my alerts come?", "alerts"),
        ("merge my wallets", "link"),
        ("can I use one wallet on both?", "link"),
        ("I moved from discord to telegram", "link"),
        ("AB3D-5F7H", "link AB3D-5F7H"),
        ("the code is ab3d-5f7h", "link ab3d-5f7h"),
        ("west-bank", None),
        ("send my alerts to discord and telegram", 'alerts platform="discord and telegram"'),
        ("I am on holiday", None),
        ("16 Discord bot", None),
    ],
)
def test_the_line_that_is_meant(said: str, line: str | None) -> None:
    assert linking_line(said) == line


@pytest.mark.parametrize(
    ("typed", "line"),
    [("", "link"), ("my discord", "link"), ("off", "unlink"), ("ab3d 5f7h", 'link code="ab3d 5f7h"')],
)
def test_what_follows_the_command(typed: str, line: str) -> None:
    assert link_line(by_name()["link"], typed) == line


@pytest.mark.parametrize("typed", ["", "my discord", "telegram"])
def test_what_follows_the_command_to_part(typed: str) -> None:
    assert unlink_line(by_name()["unlink"], typed) == "unlink"


def test_a_balance_is_one_of_those_shown_or_a_figure() -> None:
    assert [TrueBalance().read(words) for words in ("merged", "1,190", "Upwork shows 7")] == [
        BalanceChoice.MERGED,
        1190,
        7,
    ]
    for words in ("-5", "+5", "a lot", "190 or 200", ""):
        with pytest.raises(UnfitError):
            TrueBalance().read(words)


@pytest.mark.parametrize(("words", "platform"), [("TG", "telegram"), ("discrod", "discord"), ("last", "")])
def test_a_platform_is_known_by_its_names(words: str, platform: str) -> None:
    assert OwnPlatform().read(words) == platform


@pytest.mark.parametrize("words", ["both", "whatsapp", "off", ""])
def test_alerts_come_on_one_platform(words: str) -> None:
    with pytest.raises(UnfitError, match="unfit-own-platform"):
        OwnPlatform().read(words)


class TestWhereAlertsCome:
    async def test_is_asked_and_shown_to_somebody_on_several(self, both: tuple[Account, Account]) -> None:
        here, there = both
        assert "Where they come" not in (await here.say("/alerts")).text
        await linked(both, "No, two accounts")
        assert "Where they come: where you wrote last (Telegram)" in (await here.say("/alerts")).text
        assert "Where they come: where you wrote last (Discord)" in (await there.say("/alerts")).text
        asked = await here.press("Where alerts come")
        assert asked.buttons == ("Discord", "Telegram", "Where I wrote last")
        assert "Where they come: Discord" in (await here.press("Discord")).text
        assert "Where they come: Discord" in (await there.say("/alerts")).text
        assert "Where they come: where you wrote last" in (await there.say("alerts platform=last")).text
        assert "Where they come: Telegram" in (await here.say("send my alerts here")).text
        assert "I cannot send your alerts to “both”." in (await here.say("/alerts platform=both")).text

    async def test_must_be_one_of_theirs(self, both: tuple[Account, Account], lead: DeskPlayer) -> None:
        here = both[0]
        assert "You write to me on Telegram only" in (await here.say("alerts on telegram please")).text
        assert "I do not know you on Discord." in (await here.say("send my alerts to discord")).text
        assert "alerts come to the group" in (await lead.say("/alerts platform=telegram")).text
