"""Who is an admin of a group: as Telegram says, for a minute, and asked once where nobody waits for an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


@pytest.fixture
async def bob(stage: TelegramStage) -> TelegramPlayer:
    """A member who is no admin."""
    return await stage.member("Bob", "Team")


async def is_admin(stage: TelegramStage, who: TelegramPlayer) -> bool | None:
    return await stage.carrier.is_admin(str(who.chat.id), str(who.person.id))


async def is_member(stage: TelegramStage, who: TelegramPlayer) -> bool | None:
    return await stage.carrier.is_member(str(who.chat.id), str(who.person.id))


async def test_a_rank_is_kept_for_a_minute(stage: TelegramStage, bob: TelegramPlayer) -> None:
    assert await is_admin(stage, bob) is False
    bob.chat.promote(bob.person)
    assert await is_admin(stage, bob) is False
    stage.bot.clock.pass_(seconds=60)
    assert await is_admin(stage, bob) is True
    assert stage.server.count()["getChatMember"] == 2


@pytest.mark.parametrize("ahead", [HOUR, YEAR], ids=["an hour", "a year"])
async def test_a_rank_kept_by_a_clock_that_was_ahead_is_asked_for_again(
    stage: TelegramStage, bob: TelegramPlayer, ahead: timedelta
) -> None:
    bob.chat.promote(bob.person)
    stage.bot.clock.at += ahead
    assert await is_admin(stage, bob) is True
    assert "is open and empty" in (await bob.say("/start")).text
    stage.bot.clock.at -= ahead
    bob.chat.promote(bob.person, "member")
    assert await is_admin(stage, bob) is False
    assert "for admins" in (await bob.say("/settings low=20")).text


async def test_who_is_not_there_is_none(stage: TelegramStage, bob: TelegramPlayer) -> None:
    assert await is_member(stage, bob) is True
    bob.chat.leave(bob.person)
    stage.bot.clock.pass_(minutes=2)
    assert (await is_admin(stage, bob), await is_member(stage, bob)) == (False, False)
    del stage.server.state.users[bob.person.id]
    stage.bot.clock.pass_(minutes=2)
    assert await is_admin(stage, bob) is False


async def test_a_group_that_hides_its_members_still_names_its_admins(stage: TelegramStage, bob: TelegramPlayer) -> None:
    bob.chat.hides_members = True
    assert (await is_admin(stage, bob), await is_member(stage, bob)) == (False, None)
    bob.chat.promote(bob.person)
    stage.bot.clock.pass_(minutes=2)
    assert await is_member(stage, bob) is True
    assert "is open and empty" in (await bob.say("/start")).text
    assert await is_admin(stage, bob) is True


async def test_a_group_that_has_moved_is_asked_about_at_its_new_id(stage: TelegramStage, bob: TelegramPlayer) -> None:
    bob.chat.promote(bob.person)
    old = str(bob.chat.id)
    bob.chat.migrate(bob.person)
    assert await stage.carrier.is_admin(old, str(bob.person.id)) is True


async def test_a_group_itself_is_no_admin(stage: TelegramStage, bob: TelegramPlayer) -> None:
    assert await stage.carrier.is_admin(str(bob.chat.id), str(bob.chat.id)) is False


async def test_what_telegram_cannot_say_is_unknown_and_asked_for_once(
    stage: TelegramStage, bob: TelegramPlayer
) -> None:
    stage.server.faults.rate_limit(30, method="getChatMember")
    assert await is_admin(stage, bob) is None
    assert stage.pauses == []
    stage.server.faults.drop_after(method="getChatMember")
    assert await is_admin(stage, bob) is None
    bob.chat.remove_bot(bob.person)
    assert await is_admin(stage, bob) is None
    await stage.stop()
    assert await is_admin(stage, bob) is None


class TestUnseen:
    async def test_the_admins_are_asked_for_once_a_minute(self, stage: TelegramStage, bob: TelegramPlayer) -> None:
        bob.chat.hides_members = True
        bob.chat.promote(bob.person)
        eve = await stage.member("Eve", "Team")
        assert await is_admin(stage, bob) is True
        assert await is_admin(stage, eve) is False
        assert "for admins" in (await eve.say("/start")).text
        assert stage.server.count()["getChatAdministrators"] == 1

    async def test_where_neither_is_said_the_bot_says_what_it_lacks(
        self, stage: TelegramStage, bob: TelegramPlayer
    ) -> None:
        bob.chat.hides_members = bob.chat.hides_admins = True
        bob.chat.promote(bob.person)
        assert "I cannot see who is an admin here" in (await bob.say("/start")).text
        assert await is_admin(stage, bob) is None
        await bob.person.say("/start", bob.chat, anonymous=True)
        await stage.server.settled()
        assert "is open and empty" in bob.chat.last.text
        assert "I cannot see who is an admin here" in (await bob.say("/opening 300 free")).text

    async def test_what_everybody_may_do_goes_on(self, stage: TelegramStage, bob: TelegramPlayer) -> None:
        bob.chat.promote(bob.person)
        await bob.say("/start")
        await bob.say("/opening 300 free")
        bob.chat.hides_members = bob.chat.hides_admins = True
        stage.bot.clock.pass_(minutes=2)
        assert "284 Connects" in (await bob.say("/spend 16 Logo")).text
        assert "300 Connects" in (await bob.press("Undo")).text

    async def test_an_answer_waits_for_a_lookup_that_fails(self, stage: TelegramStage, bob: TelegramPlayer) -> None:
        bob.chat.hides_members = True
        bob.chat.promote(bob.person)
        stage.server.faults.fail(502, method="getChatAdministrators", times=2)
        assert "is open and empty" in (await bob.say("/start")).text
