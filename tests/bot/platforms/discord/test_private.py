"""Direct message channels: each is opened once, however often the bot starts, and few of them in a minute."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

import discord
import pytest
from typing_extensions import override

from bot.platforms.discord.sending.private import PrivateChats
from bot.platforms.discord.sending.refusals import UNKNOWN_CHANNEL
from core.delivery.notice import Target
from core.delivery.outcome import Failed, Later, Sent, Unreachable
from core.shared.refusals import Outage, UnavailableError
from storage.memory.notes import MemoryNotes
from storage.memory.tables import Tables
from tests.bot.carried import SPEAK, TOLD, carry
from tests.bot.stages.discord import ready
from tests.clock import TestClock
from tests.loopback.discord import POST_MESSAGE

if TYPE_CHECKING:
    from datetime import datetime

    from core.delivery.outcome import Outcome
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Person

OPEN_DM = "POST /users/@me/channels"
MORE_THAN_THE_LIBRARY_KNOWS = 140


class Opener(discord.Client):
    """Opens every chat."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none())
        self.opened: list[int] = []

    @override
    async def create_dm(self, user: discord.abc.Snowflake) -> discord.DMChannel:
        self.opened.append(user.id)
        return cast("discord.DMChannel", discord.Object(user.id))


async def written(_: object) -> Outcome:
    return Sent("1")


def opened(stage: DiscordStage) -> int:
    return len(stage.server.requests.to(OPEN_DM))


def stranger(stage: DiscordStage, name: str = "Cat") -> Target:
    """Somebody who has never written to the bot."""
    return target_of(stage.server.person(name))


def target_of(person: Person) -> Target:
    return Target("discord", str(person.id), direct=True)


async def test_each_is_opened_once_however_many_there_are(stage: DiscordStage) -> None:
    await ready(stage)
    targets = [stranger(stage, f"P{number}") for number in range(MORE_THAN_THE_LIBRARY_KNOWS)]
    assert {await stage.carrier.calls(target) for target in targets} == {2}
    for nonce in ("a", "b"):
        for number, target in enumerate(targets):
            stage.bot.clock.pass_(seconds=6)
            assert isinstance(await stage.carrier.carry(target, TOLD, SPEAK, f"{nonce}{number}"), Sent)
    assert opened(stage) == len(targets)
    assert {await stage.carrier.calls(target) for target in targets} == {1}


async def test_a_restart_opens_none_again(stage: DiscordStage) -> None:
    await ready(stage)
    target = stranger(stage)
    assert isinstance(await stage.carrier.carry(target, TOLD, SPEAK, "n1"), Sent)
    await stage.restart()
    await ready(stage)
    assert await stage.carrier.calls(target) == 1
    assert isinstance(await stage.carrier.carry(target, TOLD, SPEAK, "n2"), Sent)
    assert opened(stage) == 1


@pytest.mark.parametrize("line", ["hello", "/help"])
async def test_who_writes_to_the_bot_has_opened_the_channel(stage: DiscordStage, line: str) -> None:
    bob = await stage.person("Bob")
    await bob.say(line)
    await (await stage.person("Ann")).say("/help")
    assert await stage.carrier.calls(bob.target) == 1
    assert isinstance(await carry(stage, bob), Sent)
    assert opened(stage) == 0


async def test_a_refusal_of_the_message_forgets_no_channel(stage: DiscordStage) -> None:
    await ready(stage)
    person = stage.server.person("Cat")
    person.blocks_dms = True
    assert await stage.carrier.carry(target_of(person), TOLD, SPEAK, "n1") == Unreachable("blocked")
    assert await stage.carrier.calls(target_of(person)) == 1


@pytest.mark.parametrize(
    ("code", "outcome"),
    [(UNKNOWN_CHANNEL, Later(timedelta(seconds=5), fault=True)), (50001, Failed("refused with 50001"))],
)
async def test_a_channel_that_there_is_not_is_opened_again(
    stage: DiscordStage, ann: DiscordPlayer, code: int, outcome: Outcome
) -> None:
    await ready(stage)
    stage.server.faults.refuse(code, route=POST_MESSAGE)
    assert await carry(stage, ann, "n2") == outcome
    assert await stage.carrier.calls(ann.target) == 2
    assert isinstance(await carry(stage, ann, "n3"), Sent)
    assert await stage.carrier.calls(ann.target) == 1


async def test_discord_refuses_who_opens_many(stage: DiscordStage, ann: DiscordPlayer) -> None:
    """The sender keeps to its window; whoever does not is held, but what is open stays so."""
    await ready(stage)
    outcomes = [await stage.carrier.carry(stranger(stage, f"P{n}"), TOLD, SPEAK, f"n{n}") for n in range(11)]
    assert [isinstance(outcome, Sent) for outcome in outcomes] == [True] * 10 + [False]
    assert outcomes[-1] == Later(timedelta(minutes=10), opening=True)
    assert isinstance(await carry(stage, ann), Sent)


async def test_a_server_needs_no_opening(stage: DiscordStage, ann: DiscordPlayer) -> None:
    assert await stage.carrier.calls(ann.target._replace(direct=False)) == 1


async def test_the_notes_are_read_again_for_those_who_were_forgotten() -> None:
    client, notes = Opener(), MemoryNotes(Tables())
    chats = PrivateChats(client, notes, TestClock(), most=2)
    for user in "1213":
        await chats.write(user, written)
    assert [await chats.knows(user) for user in "1234"] == [True, True, True, False]
    assert client.opened == [1, 2, 3]


class Away(MemoryNotes):
    """Notes that are out of reach as long as they are `away`."""

    away = False

    @override
    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        if self.away:
            raise UnavailableError(Outage.LOST)


async def test_a_store_that_is_away_does_not_open_a_channel_twice() -> None:
    client, notes = Opener(), Away(Tables())
    chats = PrivateChats(client, notes, TestClock())
    notes.away = True
    for _ in range(2):
        assert await chats.write("1", written) == Sent("1")
    await chats.learn("2", 7)
    assert (client.opened, await chats.knows("2")) == ([1], True)
